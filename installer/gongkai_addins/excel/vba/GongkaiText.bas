Attribute VB_Name = "GongkaiText"
Option Explicit
' Texts: the Chinese ones from the sheet of the add-in, and JSON in pure ASCII, so that no code page can spoil a name.

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

' The number or string after "key": in JSON of one level without escapes, such as helper.json.
Public Function Field(json As String, key As String) As String
    Dim start As Long, finish As Long
    start = InStr(json, """" & key & """")
    If start = 0 Then Exit Function
    start = InStr(start + Len(key) + 2, json, ":") + 1
    finish = InStr(start, json, ",")
    If finish = 0 Then finish = InStr(start, json, "}")
    Field = Replace(Trim(Mid(json, start, finish - start)), """", "")
End Function
