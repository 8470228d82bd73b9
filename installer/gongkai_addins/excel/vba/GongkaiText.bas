Attribute VB_Name = "GongkaiText"
Option Explicit
' Texts: the Chinese ones from the sheet of the add-in, and JSON in pure ASCII, so that no code page can spoil a name.

Public Const LONGEST_REMARK As Long = 240

' The text of a key; the key itself when there is none.
Public Function Text(key As String) As String
    Dim sheet As Object, row As Long
    Set sheet = ThisWorkbook.Worksheets("gongkai_texts")
    row = 1
    Do While sheet.Cells(row, 1).Value <> ""
        If sheet.Cells(row, 1).Value = key Then
            Text = sheet.Cells(row, 2).Value
            Exit Function
        End If
        row = row + 1
    Loop
    Text = key
End Function

' Shows a message and returns what was answered. The boxes of Basic show the letters of the machine's code page only: the sign of an error is in none,
' and on a machine that is not set to Chinese the status bar, which knows all letters, shows the message instead.
Public Function Tell(message As String, style As Long) As Long
    Dim title As String
    title = Text("title")
    If StrConv(StrConv(title, vbFromUnicode), vbUnicode) = title Then
        Tell = MsgBox(Replace(message, ChrW(&H2716), ChrW(215)), style, title)
    Else
        Application.StatusBar = Left(message, LONGEST_REMARK)
        Tell = MsgBox("The message, in Chinese, stands in Excel's status bar.", style, "gongkai")
        Application.StatusBar = False
    End If
End Function

' Says that something went wrong which nobody foresaw.
Public Sub TellFault()
    Dim reason As String
    reason = Err.Number & " " & Err.Description
    On Error Resume Next
    Tell Text("fault") & reason, vbExclamation
End Sub

' A JSON string.
Public Function Quoted(plain As String) As String
    Dim place As Long, code As Long, letter As String, result As String
    For place = 1 To Len(plain)
        letter = Mid(plain, place, 1)
        code = AscW(letter)
        If code < 0 Then code = code + 65536
        If code < 32 Or code > 126 Or letter = """" Or letter = "\" Then letter = "\u" & Right("000" & Hex(code), 4)
        result = result & letter
    Next
    Quoted = """" & result & """"
End Function

' The value after a key in JSON: a number as it stands, a string as it reads; nothing when there is none.
Public Function Field(json As String, key As String) As String
    Dim place As Long, letter As String, result As String
    place = ValuePlace(json, key)
    If place = 0 Then Exit Function
    letter = Mid(json, place, 1)
    If letter = """" Then
        Field = StringAt(json, place)
        Exit Function
    End If
    Do While letter <> "" And letter <> "," And letter <> "}" And letter <> "]" And letter <> " "
        result = result & letter
        place = place + 1
        letter = Mid(json, place, 1)
    Loop
    If result <> "null" Then Field = result
End Function

' The strings of the list after a key in JSON, each in a line of its own.
Public Function Lines(json As String, key As String) As String
    Dim place As Long, letter As String, result As String
    place = ValuePlace(json, key)
    If place = 0 Then Exit Function
    If Mid(json, place, 1) <> "[" Then Exit Function
    place = place + 1
    letter = Mid(json, place, 1)
    Do While letter = " " Or letter = "," Or letter = """"
        If letter = """" Then
            If result <> "" Then result = result & vbLf
            result = result & StringAt(json, place)
        Else
            place = place + 1
        End If
        letter = Mid(json, place, 1)
    Loop
    Lines = result
End Function

Private Function ValuePlace(json As String, key As String) As Long
    Dim place As Long
    place = InStr(json, """" & key & """:")
    If place = 0 Then Exit Function
    place = place + Len(key) + 3
    Do While Mid(json, place, 1) = " "
        place = place + 1
    Loop
    ValuePlace = place
End Function

' The JSON string that begins at place, which is then moved behind it.
Private Function StringAt(json As String, place As Long) As String
    Dim letter As String, result As String
    place = place + 1
    letter = Mid(json, place, 1)
    Do Until letter = """" Or letter = ""
        If letter = "\" Then
            place = place + 1
            letter = Mid(json, place, 1)
            Select Case letter
                Case "n": letter = vbLf
                Case "r", "t", "b", "f": letter = " "
                Case "u"
                    letter = ChrW(CLng("&H" & Mid(json, place + 1, 4)))
                    place = place + 4
            End Select
        End If
        result = result & letter
        place = place + 1
        letter = Mid(json, place, 1)
    Loop
    place = place + 1
    StringAt = result
End Function
