; The installer of the Tradepost server for Windows. Made by scripts/packageServer.mjs, which names VERSION, QUAD (four numbers),
; STAGE (the files), OUT and, for quick ones, FAST. What has to be decided is decided by setUp.mjs, on the runtime that comes along.
;
;   setup.exe /S [/PORT=7180] [/D=C:\Program Files\Tradepost Server]     /D= comes last and takes no quotes
;   uninstall.exe /S [/PURGE]                                            /PURGE takes the data away too
; A program of 64 bits itself: Windows shows it the folders and the registry as they are.
Target amd64-unicode
Unicode true
ManifestDPIAware true
!ifdef FAST
  SetCompressor zlib
  SetCompress off
!else
  SetCompressor /SOLID lzma
!endif
!include MUI2.nsh
!include FileFunc.nsh
!include x64.nsh
!include WinVer.nsh

!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Tradepost Server"
!define PROGRAM_KEY "Software\Tradepost Server"

Name "Tradepost 商驿"
OutFile "${OUT}"
InstallDir "$PROGRAMFILES64\Tradepost Server"
RequestExecutionLevel admin
BrandingText "Tradepost ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow

!define MUI_ICON "${NSISDIR}\Contrib\Graphics\Icons\modern-install-blue.ico"
!define MUI_UNICON "${NSISDIR}\Contrib\Graphics\Icons\modern-uninstall-blue.ico"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN
!define MUI_FINISHPAGE_RUN_TEXT $(OpenNow)
!define MUI_FINISHPAGE_RUN_FUNCTION openPage
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
; The first one is for computers that speak none of them.
!insertmacro MUI_LANGUAGE English
!insertmacro MUI_LANGUAGE SimpChinese
!insertmacro MUI_LANGUAGE TradChinese

LangString OpenNow ${LANG_ENGLISH} "Open Tradepost now"
LangString OpenNow ${LANG_SIMPCHINESE} "现在打开商驿"
LangString OpenNow ${LANG_TRADCHINESE} "現在開啟商驛"
LangString Only64 ${LANG_ENGLISH} "Tradepost needs 64-bit Windows 10, Windows Server 2016 or newer."
LangString Only64 ${LANG_SIMPCHINESE} "商驿需要 64 位的 Windows 10、Windows Server 2016 或更新版本。"
LangString Only64 ${LANG_TRADCHINESE} "商驛需要 64 位元的 Windows 10、Windows Server 2016 或更新版本。"
LangString BadPort ${LANG_ENGLISH} "/PORT= takes a number from 1 to 65535."
LangString BadPort ${LANG_SIMPCHINESE} "/PORT= 后面应为 1 到 65535 的数字。"
LangString BadPort ${LANG_TRADCHINESE} "/PORT= 後面應為 1 到 65535 的數字。"
LangString StillRuns ${LANG_ENGLISH} "The running server could not be stopped. Stop the service Tradepost and try again; nothing was changed."
LangString StillRuns ${LANG_SIMPCHINESE} "无法停止正在运行的服务器。请停止服务 Tradepost 后重试；未做任何更改。"
LangString StillRuns ${LANG_TRADCHINESE} "無法停止執行中的伺服器。請停止服務 Tradepost 後再試；未做任何變更。"
LangString NotSetUp ${LANG_ENGLISH} "The files are in place, but the service could not be set up. What went wrong stands in $APPDATA\Tradepost\install.log."
LangString NotSetUp ${LANG_SIMPCHINESE} "文件已就位，但服务未能设置好。原因见 $APPDATA\Tradepost\install.log。"
LangString NotSetUp ${LANG_TRADCHINESE} "檔案已就位，但服務未能設定好。原因見 $APPDATA\Tradepost\install.log。"
LangString PurgeToo ${LANG_ENGLISH} "Delete all data too (companies, backups, certificates)? Whoever says No keeps it in $APPDATA\Tradepost."
LangString PurgeToo ${LANG_SIMPCHINESE} "是否同时删除全部数据（账套、备份、证书）？选择“否”则数据保留在 $APPDATA\Tradepost。"
LangString PurgeToo ${LANG_TRADCHINESE} "是否同時刪除全部資料（帳套、備份、憑證）？選擇「否」則資料保留在 $APPDATA\Tradepost。"

VIProductVersion "${QUAD}"
VIFileVersion "${QUAD}"
!macro versionIn language
  VIAddVersionKey /LANG=${language} "ProductName" "Tradepost Server"
  VIAddVersionKey /LANG=${language} "ProductVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "FileVersion" "${VERSION}"
  VIAddVersionKey /LANG=${language} "FileDescription" "Tradepost Server"
  VIAddVersionKey /LANG=${language} "CompanyName" "Tradepost"
  VIAddVersionKey /LANG=${language} "LegalCopyright" "Tradepost"
!macroend
!insertmacro versionIn ${LANG_ENGLISH}
!insertmacro versionIn ${LANG_SIMPCHINESE}
!insertmacro versionIn ${LANG_TRADCHINESE}

Var port

Function .onInit
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    MessageBox MB_ICONSTOP $(Only64) /SD IDOK
    SetErrorLevel 3
    Quit
  ${EndIf}
  SetRegView 64
  SetShellVarContext all
  ; An upgrade goes where the program is, unless somebody says otherwise.
  ReadRegStr $0 HKLM "${PROGRAM_KEY}" "Folder"
  ${If} $0 != ""
  ${AndIf} $INSTDIR == "$PROGRAMFILES64\Tradepost Server"
    StrCpy $INSTDIR $0
  ${EndIf}
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/PORT=" $port
  ${If} ${Errors}
    StrCpy $port ""
  ${Else}
    IntOp $2 $port + 0
    ${If} $2 != $port
    ${OrIf} $2 < 1
    ${OrIf} $2 > 65535
      MessageBox MB_ICONSTOP $(BadPort) /SD IDOK
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

; Ends the service, and proves it by taking the runtime it runs on away; gives "" in $0 when that cannot be done.
!macro stopIn folder
  nsExec::ExecToLog '"$SYSDIR\net.exe" stop Tradepost'
  Pop $0
  StrCpy $0 "stopped"
  ${If} ${FileExists} "${folder}\bin\node.exe"
    ${ForEach} $1 1 20 + 1
      ClearErrors
      Delete "${folder}\bin\node.exe"
      ${IfNot} ${Errors}
        ${ExitFor}
      ${EndIf}
      Sleep 500
    ${Next}
    ${If} ${FileExists} "${folder}\bin\node.exe"
      StrCpy $0 ""
    ${EndIf}
  ${EndIf}
!macroend

; Only what an installer of ours has put there: the folder may be somebody else's too.
!macro removeParts folder
  ${If} ${FileExists} "${folder}\bin\tradepost-service.exe"
    RMDir /r "${folder}\server"
    RMDir /r "${folder}\shared"
    RMDir /r "${folder}\dist"
    RMDir /r "${folder}\clients"
    RMDir /r "${folder}\node_modules"
    RMDir /r "${folder}\bin"
    Delete "${folder}\package.json"
    Delete "${folder}\setUp.mjs"
    Delete "${folder}\tradepost.cmd"
    Delete "${folder}\Tradepost.url"
    Delete "${folder}\README.txt"
    Delete "${folder}\uninstall.exe"
    RMDir "${folder}"
  ${EndIf}
!macroend

Section
  SetRegView 64
  SetShellVarContext all
  ReadRegStr $9 HKLM "${PROGRAM_KEY}" "Folder"
  ${If} $9 == ""
    StrCpy $9 $INSTDIR
  ${EndIf}
  !insertmacro stopIn $9
  ${If} $0 == ""
    MessageBox MB_ICONSTOP $(StillRuns) /SD IDOK
    SetErrorLevel 2
    Abort
  ${EndIf}
  !insertmacro removeParts $9
  SetOutPath "$INSTDIR"
  File /r "${STAGE}\*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  WriteRegStr HKLM "${PROGRAM_KEY}" "Folder" "$INSTDIR"
  WriteRegStr HKLM "${PROGRAM_KEY}" "Version" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayName" "Tradepost Server 商驿"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "Publisher" "Tradepost"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKLM "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKLM "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "EstimatedSize" ${KILOBYTES}
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKLM "${UNINSTALL_KEY}" "NoRepair" 1

  StrCpy $2 ""
  ${If} $port != ""
    StrCpy $2 '--port $port'
  ${EndIf}
  nsExec::ExecToLog '"$INSTDIR\bin\node.exe" "$INSTDIR\setUp.mjs" install --program "$INSTDIR" $2'
  Pop $0
  CreateShortCut "$SMPROGRAMS\Tradepost 商驿.lnk" "$INSTDIR\Tradepost.url"
  ${If} $0 != 0
    MessageBox MB_ICONEXCLAMATION $(NotSetUp) /SD IDOK
    SetErrorLevel 1
  ${EndIf}
SectionEnd

Function openPage
  ExecShell open "$INSTDIR\Tradepost.url"
FunctionEnd

Var purge

Function un.onInit
  SetRegView 64
  SetShellVarContext all
  StrCpy $purge ""
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/PURGE" $2
  ${IfNot} ${Errors}
    StrCpy $purge "--purge"
  ${EndIf}
FunctionEnd

Section Uninstall
  SetRegView 64
  SetShellVarContext all
  ${If} $purge == ""
    MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 $(PurgeToo) /SD IDNO IDNO keep
    StrCpy $purge "--purge"
    keep:
  ${EndIf}
  nsExec::ExecToLog '"$INSTDIR\bin\node.exe" "$INSTDIR\setUp.mjs" uninstall --program "$INSTDIR" $purge'
  Pop $0
  Delete "$SMPROGRAMS\Tradepost 商驿.lnk"
  SetOutPath "$TEMP"
  !insertmacro removeParts $INSTDIR
  DeleteRegKey HKLM "${UNINSTALL_KEY}"
  DeleteRegKey HKLM "${PROGRAM_KEY}"
SectionEnd
