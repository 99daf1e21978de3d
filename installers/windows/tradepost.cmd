@echo off
rem The console of the installed server. It reads and writes what only administrators and the service may.
net session >nul 2>&1
if errorlevel 1 (
  echo Please open the command prompt as an administrator and run it again: tradepost %* 1>&2
  exit /b 1
)
"%~dp0bin\node.exe" @FLAGS@ "%~dp0server\cli.ts" --data "%ProgramData%\Tradepost\data" %*
