/*
 * tradepost-service.exe: what Windows runs as the service "Tradepost". Node cannot answer the service manager itself, so this
 * program does, starts the server beside it, starts it again when it ends by itself, and asks it to end when the service is
 * stopped: by closing its standard input. Whatever becomes of this program, the job it keeps ends the server with it.
 *
 *   tradepost-service.exe serve HOME          run by the service manager; in HOME lie server.conf and the folder data
 *   tradepost-service.exe path add FOLDER     puts a folder on the machine's PATH, or takes it off with remove
 *
 * It stands in PROGRAM\bin.
 */
#define WIN32_LEAN_AND_MEAN
#include <windows.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#define SERVICE_NAME L"Tradepost"
/* The server ends what it is posting; longer than it ever needs. */
#define STOP_MS 50000
#define RESTART_MS 3000
#define LINE_MAX 32000
#define LOG_BYTES_MAX (5 * 1024 * 1024)
#define ENVIRONMENT L"SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment"

static SERVICE_STATUS_HANDLE statusHandle;
static HANDLE stopEvent;
static wchar_t program[MAX_PATH * 2];
static const wchar_t *home;

static void tell(DWORD state, DWORD waitMs, DWORD exitCode)
{
    static DWORD checkPoint = 0;
    SERVICE_STATUS status = {0};
    status.dwServiceType = SERVICE_WIN32_OWN_PROCESS;
    status.dwCurrentState = state;
    status.dwControlsAccepted = state == SERVICE_RUNNING ? SERVICE_ACCEPT_STOP | SERVICE_ACCEPT_PRESHUTDOWN : 0;
    status.dwWin32ExitCode = exitCode;
    status.dwWaitHint = waitMs;
    status.dwCheckPoint = state == SERVICE_RUNNING || state == SERVICE_STOPPED ? 0 : ++checkPoint;
    SetServiceStatus(statusHandle, &status);
}

static DWORD WINAPI onControl(DWORD control, DWORD type, void *data, void *context)
{
    (void)type;
    (void)data;
    (void)context;
    if (control == SERVICE_CONTROL_STOP || control == SERVICE_CONTROL_PRESHUTDOWN) {
        tell(SERVICE_STOP_PENDING, STOP_MS, NO_ERROR);
        SetEvent(stopEvent);
        return NO_ERROR;
    }
    return control == SERVICE_CONTROL_INTERROGATE ? NO_ERROR : ERROR_CALL_NOT_IMPLEMENTED;
}

/* The folder above bin. */
static BOOL findProgram(void)
{
    DWORD length = GetModuleFileNameW(NULL, program, MAX_PATH * 2);
    if (length == 0 || length >= MAX_PATH * 2) return FALSE;
    for (int up = 0; up < 2; up++) {
        wchar_t *slash = wcsrchr(program, L'\\');
        if (!slash) return FALSE;
        *slash = 0;
    }
    return TRUE;
}

/* The lines of server.conf that are no remarks, one after the other: what the server is started with besides its data. */
static void readOptions(wchar_t *options, int max)
{
    wchar_t path[MAX_PATH * 2];
    char bytes[8192];
    DWORD length = 0;
    options[0] = 0;
    swprintf(path, MAX_PATH * 2, L"%ls\\server.conf", home);
    HANDLE file = CreateFileW(path, GENERIC_READ, FILE_SHARE_READ | FILE_SHARE_WRITE, NULL, OPEN_EXISTING, 0, NULL);
    if (file == INVALID_HANDLE_VALUE) return;
    if (!ReadFile(file, bytes, sizeof(bytes) - 1, &length, NULL)) length = 0;
    CloseHandle(file);
    bytes[length] = 0;
    char kept[8192];
    int used = 0;
    for (char *line = strtok(bytes, "\r\n"); line; line = strtok(NULL, "\r\n")) {
        if (line[0] == '#') continue;
        used += snprintf(kept + used, sizeof(kept) - used, " %s", line);
    }
    if (used > 0) MultiByteToWideChar(CP_UTF8, 0, kept, -1, options, max);
}

/* What the server says before and beside its own log. A long one gives way to a new one. */
static HANDLE openLog(void)
{
    wchar_t path[MAX_PATH * 2], old[MAX_PATH * 2];
    SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};
    LARGE_INTEGER size;
    swprintf(path, MAX_PATH * 2, L"%ls\\data\\service.log", home);
    swprintf(old, MAX_PATH * 2, L"%ls\\data\\service.old.log", home);
    HANDLE file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_ALWAYS, 0, NULL);
    if (file != INVALID_HANDLE_VALUE && GetFileSizeEx(file, &size) && size.QuadPart > LOG_BYTES_MAX) {
        CloseHandle(file);
        MoveFileExW(path, old, MOVEFILE_REPLACE_EXISTING);
        file = CreateFileW(path, FILE_APPEND_DATA, FILE_SHARE_READ | FILE_SHARE_WRITE, &inherited, OPEN_ALWAYS, 0, NULL);
    }
    return file;
}

/* Starts the server; gives its process and the end of its input that keeps it running. */
static BOOL startServer(HANDLE job, PROCESS_INFORMATION *server, HANDLE *input)
{
    static wchar_t line[LINE_MAX], options[8192];
    wchar_t data[MAX_PATH * 2];
    SECURITY_ATTRIBUTES inherited = {sizeof(inherited), NULL, TRUE};
    STARTUPINFOW startup = {0};
    HANDLE readEnd;
    readOptions(options, 8192);
    swprintf(data, MAX_PATH * 2, L"%ls\\data", home);
    swprintf(line, LINE_MAX, L"\"%ls\\bin\\node.exe\" %ls \"%ls\\server\\main.ts\" --data \"%ls\" --until-input-ends%ls", program,
             NODE_FLAGS, program, data, options);
    if (!CreatePipe(&readEnd, input, &inherited, 0)) return FALSE;
    SetHandleInformation(*input, HANDLE_FLAG_INHERIT, 0);
    HANDLE log = openLog();
    startup.cb = sizeof(startup);
    startup.dwFlags = STARTF_USESTDHANDLES;
    startup.hStdInput = readEnd;
    startup.hStdOutput = log;
    startup.hStdError = log;
    BOOL isStarted = CreateProcessW(NULL, line, NULL, NULL, TRUE, CREATE_NO_WINDOW | CREATE_SUSPENDED, NULL, data, &startup, server);
    CloseHandle(readEnd);
    if (log != INVALID_HANDLE_VALUE) CloseHandle(log);
    if (!isStarted) {
        CloseHandle(*input);
        return FALSE;
    }
    AssignProcessToJobObject(job, server->hProcess);
    ResumeThread(server->hThread);
    CloseHandle(server->hThread);
    return TRUE;
}

/* The server ends with this process, even when this one is killed. */
static HANDLE makeJob(void)
{
    JOBOBJECT_EXTENDED_LIMIT_INFORMATION limits = {0};
    HANDLE job = CreateJobObjectW(NULL, NULL);
    limits.BasicLimitInformation.LimitFlags = JOB_OBJECT_LIMIT_KILL_ON_JOB_CLOSE;
    SetInformationJobObject(job, JobObjectExtendedLimitInformation, &limits, sizeof(limits));
    return job;
}

static void WINAPI serve(DWORD count, wchar_t **words)
{
    (void)count;
    (void)words;
    statusHandle = RegisterServiceCtrlHandlerExW(SERVICE_NAME, onControl, NULL);
    if (!statusHandle) return;
    stopEvent = CreateEventW(NULL, TRUE, FALSE, NULL);
    tell(SERVICE_START_PENDING, 10000, NO_ERROR);
    if (!findProgram()) {
        tell(SERVICE_STOPPED, 0, ERROR_PATH_NOT_FOUND);
        return;
    }
    HANDLE job = makeJob();
    tell(SERVICE_RUNNING, 0, NO_ERROR);
    do {
        PROCESS_INFORMATION server;
        HANDLE input;
        if (!startServer(job, &server, &input)) continue;
        HANDLE either[2] = {stopEvent, server.hProcess};
        BOOL isAsked = WaitForMultipleObjects(2, either, FALSE, INFINITE) == WAIT_OBJECT_0;
        CloseHandle(input);
        if (isAsked && WaitForSingleObject(server.hProcess, STOP_MS) == WAIT_TIMEOUT) TerminateProcess(server.hProcess, 1);
        CloseHandle(server.hProcess);
    } while (WaitForSingleObject(stopEvent, RESTART_MS) == WAIT_TIMEOUT);
    CloseHandle(job);
    tell(SERVICE_STOPPED, 0, NO_ERROR);
}

/* Copies PATH without the folder; both are lists divided by semicolons, and names on Windows have no case. */
static void copyWithout(const wchar_t *path, const wchar_t *folder, wchar_t *kept)
{
    size_t length = wcslen(folder);
    kept[0] = 0;
    for (const wchar_t *at = path; *at;) {
        size_t part = wcscspn(at, L";");
        if (part > 0 && !(part == length && _wcsnicmp(at, folder, part) == 0)) {
            if (kept[0]) wcscat(kept, L";");
            wcsncat(kept, at, part);
        }
        at += part + (at[part] == L';');
    }
}

/* What stands in PATH stays as it is written there, names of variables included. */
static int changePath(BOOL isAdded, const wchar_t *folder)
{
    HKEY key;
    DWORD type = REG_EXPAND_SZ, bytes = 0;
    if (RegOpenKeyExW(HKEY_LOCAL_MACHINE, ENVIRONMENT, 0, KEY_READ | KEY_WRITE, &key) != ERROR_SUCCESS) return 1;
    LONG found = RegQueryValueExW(key, L"Path", NULL, &type, NULL, &bytes);
    /* A PATH that is there and cannot be read is left alone. */
    if (found != ERROR_SUCCESS && found != ERROR_FILE_NOT_FOUND) return 1;
    wchar_t *path = calloc(1, bytes + sizeof(wchar_t));
    wchar_t *kept = calloc(1, bytes + (wcslen(folder) + 4) * sizeof(wchar_t));
    if (!path || !kept) return 1;
    if (bytes > 0 && RegQueryValueExW(key, L"Path", NULL, &type, (BYTE *)path, &bytes) != ERROR_SUCCESS) return 1;
    copyWithout(path, folder, kept);
    if (isAdded) {
        if (kept[0]) wcscat(kept, L";");
        wcscat(kept, folder);
    }
    LONG done = RegSetValueExW(key, L"Path", 0, type, (BYTE *)kept, (DWORD)((wcslen(kept) + 1) * sizeof(wchar_t)));
    RegCloseKey(key);
    SendMessageTimeoutW(HWND_BROADCAST, WM_SETTINGCHANGE, 0, (LPARAM)L"Environment", SMTO_ABORTIFHUNG, 2000, NULL);
    return done == ERROR_SUCCESS ? 0 : 1;
}

int wmain(int count, wchar_t **words)
{
    if (count == 4 && wcscmp(words[1], L"path") == 0) return changePath(wcscmp(words[2], L"add") == 0, words[3]);
    if (count != 3 || wcscmp(words[1], L"serve") != 0 || wcslen(words[2]) > MAX_PATH) return ERROR_INVALID_PARAMETER;
    home = words[2];
    SERVICE_TABLE_ENTRYW table[] = {{SERVICE_NAME, serve}, {NULL, NULL}};
    return StartServiceCtrlDispatcherW(table) ? 0 : (int)GetLastError();
}
