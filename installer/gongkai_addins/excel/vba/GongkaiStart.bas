Attribute VB_Name = "GongkaiStart"
Option Explicit
' Starts the helper when it is not running. The setup wrote down how; where nothing was written, nothing is started.

Private Const PATIENCE As Long = 20

' Whether the helper answers now; when it does not, the user was told.
Public Function StartHelper() As Boolean
    Dim starter As String, waited As Long
    starter = GetSetting("gongkai", "helper", "start", "")
    If starter = "" Then
        MsgBox Text("not_running"), vbExclamation, Text("title")
        Exit Function
    End If
    Application.StatusBar = Text("starting")
    On Error GoTo failed
    Shell starter, vbHide
    For waited = 1 To PATIENCE
        Application.Wait Now + TimeSerial(0, 0, 1)
        If Listening() Then
            StartHelper = True
            Exit For
        End If
    Next
failed:
    Application.StatusBar = False
    If Not StartHelper Then MsgBox Text("not_started"), vbCritical, Text("title")
End Function
