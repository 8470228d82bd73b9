Attribute VB_Name = "GongkaiRibbon"
Option Explicit
' The buttons of the ribbon, each of which asks the helper for one action.

Public Sub OnCheckWorkbook(control As Object): Ask "check_workbook": End Sub
Public Sub OnCheckSheet(control As Object): Ask "check_sheet": End Sub
Public Sub OnCheckFolder(control As Object): Ask "check_folder": End Sub
Public Sub OnPreviousFinding(control As Object): Ask "previous_finding": End Sub
Public Sub OnNextFinding(control As Object): Ask "next_finding": End Sub
Public Sub OnShowResults(control As Object): Ask "show_results": End Sub
Public Sub OnErrorsOnly(control As Object, pressed As Boolean): Ask "errors_only", pressed: End Sub
Public Sub OnFixSafe(control As Object): Ask "fix_safe": End Sub
Public Sub OnFixSelected(control As Object): Ask "fix_selected": End Sub
Public Sub OnUndoLast(control As Object): Ask "undo_last": End Sub
Public Sub OnShowMarks(control As Object, pressed As Boolean): Ask "show_marks", pressed: End Sub
Public Sub OnClearMarks(control As Object): Ask "clear_marks": End Sub
Public Sub OnExplainRule(control As Object): Ask "explain_rule": End Sub
Public Sub OnSettings(control As Object): Ask "settings": End Sub
Public Sub OnDoctor(control As Object): Ask "doctor": End Sub
Public Sub OnStop(control As Object): Ask "stop": End Sub

' No error leaves this procedure: Excel would forget all that the modules know, the ribbon among it. For a toggle it is said what it shall be.
Private Sub Ask(action As String, Optional pressed As Variant)
    Dim folder As String, obstacle As String, body As String
    On Error GoTo failed
    KeepGoing
    Hear
    If NeedsWorkbook(action) Then obstacle = NoWorkbook()
    If obstacle = "" And StillWaiting() And action <> "stop" Then obstacle = Text("busy")
    If obstacle <> "" Then
        Tell obstacle, vbExclamation
        Refresh
        Exit Sub
    End If
    If action = "check_folder" Then
        folder = ChosenFolder()
        If folder = "" Then Exit Sub
    End If
    body = RequestBody(folder)
    If Not IsMissing(pressed) Then body = "{""pressed"":" & IIf(pressed, "true", "false") & "," & Mid(body, 2)
    HandOver action, body
    Refresh
    Exit Sub
failed:
    TellFault
End Sub

Public Function NeedsWorkbook(action As String) As Boolean
    Select Case action
        Case "check_folder", "settings", "doctor", "stop": NeedsWorkbook = False
        Case Else: NeedsWorkbook = True
    End Select
End Function

' The folder that the user chooses; nothing when none is.
Private Function ChosenFolder() As String
    Const FOLDER_PICKER As Long = 4
    Dim program As Object, dialog As Object
    Set program = Application
    Set dialog = program.FileDialog(FOLDER_PICKER)
    If dialog.Show = -1 Then ChosenFolder = dialog.SelectedItems(1)
End Function
