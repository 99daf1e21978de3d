// Stands between a program and its C library (LD_PRELOAD) and writes down, in order, everything the program does to files below
// RECORDER_ROOT: which bytes went where, which names were made, changed and removed, and what was flushed. From the record a test
// makes the disks that a power cut could have left behind. It also plays the failing disk: RECORDER_FAULTS names a file with a line
// "deed part-of-the-path errno times"; the next such deeds fail, and the file is gone when all of them have.
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { OPENED = 1, CLOSED, WRITTEN, CUT, FLUSHED, RENAMED, REMOVED, FOLDER_MADE };

struct head {
  uint32_t deed, pid;
  int32_t file;
  uint32_t name_length;
  uint64_t offset, length;
};

#define FILES 65536
static char *paths[FILES];
static char appends[FILES];
static struct { dev_t disk; ino_t place; } marks[FILES];
static char root[PATH_MAX];
static size_t root_length;
static int record = -1;
static pthread_mutex_t turn = PTHREAD_RECURSIVE_MUTEX_INITIALIZER_NP;

#define REAL(result, name, ...)                                       \
  static result (*real_##name)(__VA_ARGS__);                          \
  if (!real_##name) real_##name = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

static int is_recording(void) {
  static int is_ready;
  if (is_ready) return record >= 0;
  is_ready = 1;
  const char *folder = getenv("RECORDER_ROOT"), *file = getenv("RECORDER_FILE");
  if (!folder || !file) return 0;
  snprintf(root, sizeof root, "%s", folder);
  root_length = strlen(root);
  int (*real_open)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
  int opened = real_open(file, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  // Out of the way of whoever counts on low numbers.
  record = opened < 0 ? -1 : fcntl(opened, F_DUPFD_CLOEXEC, 900);
  return record >= 0;
}

// The whole path of a name, if it lies below the root.
static const char *below(int folder, const char *name, char *whole) {
  if (!name || !is_recording()) return NULL;
  if (name[0] == '/') snprintf(whole, PATH_MAX, "%s", name);
  else if (folder == AT_FDCWD) {
    char at[PATH_MAX];
    if (!getcwd(at, sizeof at)) return NULL;
    if (snprintf(whole, PATH_MAX, "%s/%s", at, name) >= PATH_MAX) return NULL;
  } else {
    char link[64], at[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", folder);
    ssize_t length = readlink(link, at, sizeof at - 1);
    if (length < 0) return NULL;
    at[length] = 0;
    if (snprintf(whole, PATH_MAX, "%s/%s", at, name) >= PATH_MAX) return NULL;
  }
  size_t length = strlen(whole);
  while (length > 1 && whole[length - 1] == '/') whole[--length] = 0;
  int is_below = strncmp(whole, root, root_length) == 0 && (whole[root_length] == '/' || whole[root_length] == 0);
  return is_below ? whole : NULL;
}

// Node closes files behind the back of its C library: a number may by now belong to something else.
static int is_known(int file) {
  if (file < 0 || file >= FILES || !paths[file]) return 0;
  int kept = errno;
  struct stat found;
  int is_same = fstat(file, &found) == 0 && found.st_dev == marks[file].disk && found.st_ino == marks[file].place;
  errno = kept;
  return is_same;
}

static void put(uint32_t deed, int file, const char *name, size_t name_length, uint64_t offset, const struct iovec *data, int pieces,
                uint64_t length) {
  struct head head = {deed, (uint32_t)getpid(), file, (uint32_t)name_length, offset, length};
  struct iovec all[64];
  int count = 0;
  all[count++] = (struct iovec){&head, sizeof head};
  all[count++] = (struct iovec){(void *)name, name_length};
  uint64_t left = length;
  for (int index = 0; index < pieces && left > 0 && count < 64; index++) {
    size_t taken = data[index].iov_len < left ? data[index].iov_len : left;
    all[count++] = (struct iovec){data[index].iov_base, taken};
    left -= taken;
  }
  REAL(ssize_t, writev, int, const struct iovec *, int);
  int kept = errno;
  real_writev(record, all, count);
  errno = kept;
}

static void put_name(uint32_t deed, int file, const char *name, uint64_t offset) { put(deed, file, name, strlen(name), offset, NULL, 0, 0); }

static int errno_of(const char *name) {
  static const struct { const char *name; int code; } known[] = {
      {"EIO", EIO}, {"ENOSPC", ENOSPC}, {"EBUSY", EBUSY}, {"EPERM", EPERM}, {"EACCES", EACCES}, {"EROFS", EROFS}};
  for (size_t index = 0; index < sizeof known / sizeof *known; index++)
    if (!strcmp(known[index].name, name)) return known[index].code;
  return EIO;
}

// Whether the disk refuses this deed now; sets errno.
static int refuses(const char *deed, const char *path) {
  const char *rules = getenv("RECORDER_FAULTS");
  if (!rules || !path) return 0;
  int kept = errno, times = 0, is_refused = 0;
  char wanted[32], part[PATH_MAX], code[16];
  FILE *file = fopen(rules, "re");
  if (file && fscanf(file, "%31s %4095s %15s %d", wanted, part, code, &times) == 4)
    is_refused = !strcmp(wanted, deed) && strstr(path, part) != NULL;
  if (file) fclose(file);
  errno = kept;
  if (!is_refused) return 0;
  if (times > 1) {
    char next[PATH_MAX + 8];
    snprintf(next, sizeof next, "%s.next", rules);
    FILE *rest = fopen(next, "we");
    if (rest) {
      fprintf(rest, "%s %s %s %d\n", wanted, part, code, times - 1);
      fclose(rest);
    }
    rename(next, rules);
  } else unlink(rules);
  errno = errno_of(code);
  return 1;
}

static int opened(int file, const char *path, int flags) {
  if (file < 0 || file >= FILES || !path) return file;
  free(paths[file]);
  paths[file] = strdup(path);
  appends[file] = (flags & O_APPEND) != 0;
  struct stat found;
  if (fstat(file, &found) == 0) {
    marks[file].disk = found.st_dev;
    marks[file].place = found.st_ino;
  }
  put_name(OPENED, file, path, (uint64_t)(unsigned)flags);
  return file;
}

#define BEGIN pthread_mutex_lock(&turn)
#define END(result)              \
  do {                           \
    int kept_errno = errno;      \
    pthread_mutex_unlock(&turn); \
    errno = kept_errno;          \
    return (result);             \
  } while (0)

#define OPEN_LIKE(name)                                        \
  int name(const char *path, int flags, ...) {                 \
    REAL(int, name, const char *, int, ...);                   \
    va_list more;                                              \
    va_start(more, flags);                                     \
    mode_t mode = va_arg(more, mode_t);                        \
    va_end(more);                                              \
    char whole[PATH_MAX];                                      \
    const char *at = below(AT_FDCWD, path, whole);             \
    if (!at) return real_##name(path, flags, mode);            \
    BEGIN;                                                     \
    END(opened(real_##name(path, flags, mode), at, flags));    \
  }
OPEN_LIKE(open)
OPEN_LIKE(open64)

#define OPENAT_LIKE(name)                                            \
  int name(int folder, const char *path, int flags, ...) {           \
    REAL(int, name, int, const char *, int, ...);                    \
    va_list more;                                                    \
    va_start(more, flags);                                           \
    mode_t mode = va_arg(more, mode_t);                              \
    va_end(more);                                                    \
    char whole[PATH_MAX];                                            \
    const char *at = below(folder, path, whole);                     \
    if (!at) return real_##name(folder, path, flags, mode);          \
    BEGIN;                                                           \
    END(opened(real_##name(folder, path, flags, mode), at, flags));  \
  }
OPENAT_LIKE(openat)
OPENAT_LIKE(openat64)

int close(int file) {
  REAL(int, close, int);
  if (!is_known(file)) return real_close(file);
  BEGIN;
  free(paths[file]);
  paths[file] = NULL;
  put_name(CLOSED, file, "", 0);
  END(real_close(file));
}

static uint64_t place_of(int file) {
  struct stat found;
  if (appends[file]) return fstat(file, &found) ? 0 : (uint64_t)found.st_size;
  off_t at = lseek(file, 0, SEEK_CUR);
  return at < 0 ? 0 : (uint64_t)at;
}

static ssize_t wrote(int file, uint64_t place, const struct iovec *data, int pieces, ssize_t length) {
  if (length > 0) put(WRITTEN, file, "", 0, place, data, pieces, (uint64_t)length);
  return length;
}

ssize_t write(int file, const void *data, size_t length) {
  REAL(ssize_t, write, int, const void *, size_t);
  if (!is_known(file)) return real_write(file, data, length);
  BEGIN;
  if (refuses("write", paths[file])) END(-1);
  uint64_t place = place_of(file);
  struct iovec one = {(void *)data, length};
  END(wrote(file, place, &one, 1, real_write(file, data, length)));
}

#define PWRITE_LIKE(name)                                                                  \
  ssize_t name(int file, const void *data, size_t length, off_t place) {                   \
    REAL(ssize_t, name, int, const void *, size_t, off_t);                                 \
    if (!is_known(file)) return real_##name(file, data, length, place);                    \
    BEGIN;                                                                                 \
    if (refuses("write", paths[file])) END(-1);                                            \
    struct iovec one = {(void *)data, length};                                             \
    END(wrote(file, (uint64_t)place, &one, 1, real_##name(file, data, length, place)));    \
  }
PWRITE_LIKE(pwrite)
PWRITE_LIKE(pwrite64)

ssize_t writev(int file, const struct iovec *data, int pieces) {
  REAL(ssize_t, writev, int, const struct iovec *, int);
  if (!is_known(file)) return real_writev(file, data, pieces);
  BEGIN;
  if (refuses("write", paths[file])) END(-1);
  // More pieces than the record takes at once are written in two turns; whoever writes goes on with the rest.
  int taken = pieces < 60 ? pieces : 60;
  uint64_t place = place_of(file);
  END(wrote(file, place, data, taken, real_writev(file, data, taken)));
}

#define PWRITEV_LIKE(name)                                                                       \
  ssize_t name(int file, const struct iovec *data, int pieces, off_t place) {                    \
    REAL(ssize_t, name, int, const struct iovec *, int, off_t);                                  \
    if (!is_known(file)) return real_##name(file, data, pieces, place);                          \
    BEGIN;                                                                                       \
    if (refuses("write", paths[file])) END(-1);                                                  \
    int taken = pieces < 60 ? pieces : 60;                                                       \
    END(wrote(file, (uint64_t)place, data, taken, real_##name(file, data, taken, place)));       \
  }
PWRITEV_LIKE(pwritev)
PWRITEV_LIKE(pwritev64)

#define CUT_LIKE(name)                                             \
  int name(int file, off_t length) {                               \
    REAL(int, name, int, off_t);                                   \
    if (!is_known(file)) return real_##name(file, length);         \
    BEGIN;                                                         \
    int result = real_##name(file, length);                        \
    if (result == 0) put_name(CUT, file, "", (uint64_t)length);    \
    END(result);                                                   \
  }
CUT_LIKE(ftruncate)
CUT_LIKE(ftruncate64)

#define FLUSH_LIKE(name)                                       \
  int name(int file) {                                         \
    REAL(int, name, int);                                      \
    if (!is_known(file)) return real_##name(file);             \
    BEGIN;                                                     \
    if (refuses("flush", paths[file])) END(-1);                \
    int result = real_##name(file);                            \
    if (result == 0) put_name(FLUSHED, file, "", 0);           \
    END(result);                                               \
  }
FLUSH_LIKE(fsync)
FLUSH_LIKE(fdatasync)

static void put_pair(const char *from, const char *to) {
  char both[2 * PATH_MAX];
  size_t first = strlen(from) + 1, second = strlen(to);
  memcpy(both, from, first);
  memcpy(both + first, to, second);
  put(RENAMED, -1, both, first + second, 0, NULL, 0, 0);
}

#define RENAME_BODY(call, from_folder, from, to_folder, to)                         \
  char before[PATH_MAX], after[PATH_MAX];                                           \
  const char *was = below(from_folder, from, before), *is = below(to_folder, to, after); \
  if (!was || !is) return call;                                                     \
  BEGIN;                                                                            \
  if (refuses("rename", was) || refuses("rename", is)) END(-1);                     \
  int result = call;                                                                \
  if (result == 0) put_pair(was, is);                                               \
  END(result)

int rename(const char *from, const char *to) {
  REAL(int, rename, const char *, const char *);
  RENAME_BODY(real_rename(from, to), AT_FDCWD, from, AT_FDCWD, to);
}

int renameat(int from_folder, const char *from, int to_folder, const char *to) {
  REAL(int, renameat, int, const char *, int, const char *);
  RENAME_BODY(real_renameat(from_folder, from, to_folder, to), from_folder, from, to_folder, to);
}

#define REMOVE_BODY(call, folder, path)              \
  char whole[PATH_MAX];                              \
  const char *at = below(folder, path, whole);       \
  if (!at) return call;                              \
  BEGIN;                                             \
  int result = call;                                 \
  if (result == 0) put_name(REMOVED, -1, at, 0);     \
  END(result)

int unlink(const char *path) {
  REAL(int, unlink, const char *);
  REMOVE_BODY(real_unlink(path), AT_FDCWD, path);
}

int unlinkat(int folder, const char *path, int flags) {
  REAL(int, unlinkat, int, const char *, int);
  REMOVE_BODY(real_unlinkat(folder, path, flags), folder, path);
}

int rmdir(const char *path) {
  REAL(int, rmdir, const char *);
  REMOVE_BODY(real_rmdir(path), AT_FDCWD, path);
}

int remove(const char *path) {
  REAL(int, remove, const char *);
  REMOVE_BODY(real_remove(path), AT_FDCWD, path);
}

int mkdir(const char *path, mode_t mode) {
  REAL(int, mkdir, const char *, mode_t);
  char whole[PATH_MAX];
  const char *at = below(AT_FDCWD, path, whole);
  if (!at) return real_mkdir(path, mode);
  BEGIN;
  int result = real_mkdir(path, mode);
  if (result == 0) put_name(FOLDER_MADE, -1, at, 0);
  END(result);
}

char *mkdtemp(char *pattern) {
  REAL(char *, mkdtemp, char *);
  char whole[PATH_MAX];
  if (!below(AT_FDCWD, pattern, whole)) return real_mkdtemp(pattern);
  BEGIN;
  char *made = real_mkdtemp(pattern);
  if (made && below(AT_FDCWD, made, whole)) put_name(FOLDER_MADE, -1, whole, 0);
  END(made);
}
