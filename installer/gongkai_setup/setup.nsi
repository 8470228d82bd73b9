; The setup program of Windows: per user, offline, without an administrator. Silent with /S, also when taking away; uninstall.exe /KEEPSETTINGS leaves the
; settings. makensis is given VERSION, STAGE (folder with everything) and OUTPUT.
Unicode true
Target amd64-unicode
ManifestDPIAware true
RequestExecutionLevel user

!include "MUI2.nsh"
!include "LogicLib.nsh"
!include "FileFunc.nsh"

!define NAME "决算公开校验"
!define HELPER "检查助手"
!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\gongkai"
!define RUN "Software\Microsoft\Windows\CurrentVersion\Run"
; Where a macro of Excel finds the settings of a program (GetSetting); a macro may read no other place.
!define SETTINGS "Software\VB and VBA Program Settings\gongkai"
!define FOLDER "$LOCALAPPDATA\Programs\gongkai"
!define ADDIN "$APPDATA\Microsoft\Excel\XLSTART\gongkai.xlam"
!define PYTHON '"${FOLDER}\python\pythonw.exe" -I -m gongkai'

Name "${NAME}"
Caption "${NAME} ${VERSION}"
OutFile "${OUTPUT}"
InstallDir "${FOLDER}"
SetDateSave on
BrandingText " "
ShowInstDetails hide
ShowUninstDetails hide

VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 "ProductName" "${NAME}"
VIAddVersionKey /LANG=2052 "FileDescription" "${NAME} 安装程序"
VIAddVersionKey /LANG=2052 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=2052 "LegalCopyright" "Apache-2.0"

!define MUI_WELCOMEPAGE_TEXT "只安装到当前用户，不需要管理员权限，也不联网。$\r$\n$\r$\n请先保存并关闭 Excel 和 WPS 表格，再点“下一步”。"
!define MUI_FINISHPAGE_TEXT "安装完成。重新打开 Excel，功能区里会出现“${NAME}”。"
!define MUI_UNCONFIRMPAGE_TEXT_TOP "将从本机删除${NAME}，包括它的设置、日志和批量检查的报告。您的工作簿不受影响。"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"

; The helper is asked to end, and given a moment. It is not there on a first installation, and then nothing happens.
!macro StopHelper
  ${If} ${FileExists} "${FOLDER}\python\pythonw.exe"
    ExecWait '${PYTHON} helper stop'
  ${EndIf}
!macroend

; A file that Excel has open can be neither replaced nor deleted.
!macro AskToCloseExcel
  ${Do}
    ClearErrors
    ${IfNot} ${FileExists} "${ADDIN}"
      ${Break}
    ${EndIf}
    FileOpen $0 "${ADDIN}" a
    ${IfNot} ${Errors}
      FileClose $0
      ${Break}
    ${EndIf}
    ${If} ${Cmd} `MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "Excel 正在使用${NAME}。请保存并关闭 Excel，再点“重试”。" /SD IDCANCEL IDCANCEL`
      SetErrorLevel 3
      Quit
    ${EndIf}
  ${Loop}
!macroend

; The folder is always the same one: what is taken away later is exactly what was put there.
Function .onInit
  StrCpy $INSTDIR "${FOLDER}"
FunctionEnd

Function un.onInit
  StrCpy $INSTDIR "${FOLDER}"
FunctionEnd

Section
  !insertmacro AskToCloseExcel
  !insertmacro StopHelper
  RMDir /r "$INSTDIR\python"
  SetOutPath "$INSTDIR"
  File /r "${STAGE}/*"
  WriteUninstaller "$INSTDIR\uninstall.exe"

  SetOutPath "$APPDATA\Microsoft\Excel\XLSTART"
  CopyFiles /SILENT "$INSTDIR\gongkai.xlam" "${ADDIN}"
  SetOutPath "$INSTDIR"

  WriteRegStr HKCU "${RUN}" "gongkai" '${PYTHON} helper run'
  WriteRegStr HKCU "${SETTINGS}\helper" "start" '${PYTHON} helper run'
  WriteRegStr HKCU "${SETTINGS}\helper" "click" '${PYTHON} helper click'

  CreateDirectory "$SMPROGRAMS\${NAME}"
  CreateShortcut "$SMPROGRAMS\${NAME}\${HELPER}.lnk" "$INSTDIR\python\pythonw.exe" "-I -m gongkai helper window"
  CreateShortcut "$SMPROGRAMS\${NAME}\卸载.lnk" "$INSTDIR\uninstall.exe"

  WriteRegStr HKCU "${KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "Publisher" "gongkai"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  SectionGetSize 0 $0
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0

  Exec '${PYTHON} helper run'
SectionEnd

Section "Uninstall"
  !insertmacro AskToCloseExcel
  !insertmacro StopHelper
  Delete "${ADDIN}"
  RMDir "$APPDATA\Microsoft\Excel\XLSTART"
  RMDir "$APPDATA\Microsoft\Excel"
  RMDir /r "$SMPROGRAMS\${NAME}"
  DeleteRegValue HKCU "${RUN}" "gongkai"
  DeleteRegKey HKCU "${SETTINGS}"
  DeleteRegKey /ifempty HKCU "Software\VB and VBA Program Settings"
  DeleteRegKey HKCU "${KEY}"
  DeleteRegKey /ifempty HKCU "Software\Microsoft\Windows\CurrentVersion\Uninstall"
  RMDir /r "$LOCALAPPDATA\gongkai"
  ${GetParameters} $1
  ClearErrors
  ${GetOptions} $1 "/KEEPSETTINGS" $0
  ${If} ${Errors}
    RMDir /r "$APPDATA\gongkai"
  ${EndIf}
  RMDir /r "$INSTDIR"
  RMDir "$LOCALAPPDATA\Programs"
SectionEnd
