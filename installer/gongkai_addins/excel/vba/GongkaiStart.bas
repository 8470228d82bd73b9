Attribute VB_Name = "GongkaiStart"
Option Explicit
' Starts the helper when it is not running. The setup wrote down how; where nothing was written, nothing is started.

Private Const PATIENCE As Long = 20
Private Const MINUTES_IN_VAIN As Long = 10

Private inVain As Date

' Whether the helper answers now; when it does not, the action was given to a program that does it alone, or the user was told.
Public Function StartHelper(action As String, body As String) As Boolean
    Dim starter As String
    starter = GetSetting("gongkai", "helper", "start", "")
    If starter = "" Then
        Tell Text("not_running"), vbExclamation
        Exit Function
    End If
    ' Nobody waits at every click for a helper that cannot be.
    If Now > inVain Then StartHelper = Started(starter)
    If StartHelper Then Exit Function
    If Now > inVain Then inVain = Now + TimeSerial(0, MINUTES_IN_VAIN, 0)
    RunAlone action, body
End Function

Private Function Started(starter As String) As Boolean
    Dim waited As Long
    Application.StatusBar = Text("starting")
    On Error GoTo failed
    Shell starter, vbHide
    For waited = 1 To PATIENCE
        Application.Wait Now + TimeSerial(0, 0, 1)
        If Listening() Then
            Started = True
            Exit For
        End If
    Next
failed:
    Application.StatusBar = False
End Function
