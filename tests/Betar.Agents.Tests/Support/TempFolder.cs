namespace Betar.Agents.Tests.Support;

/// <summary>A folder for one test.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("betar-agents-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>A script of the shell, as a program's file.</summary>
    public string Script(string text)
    {
        string file = File("script.sh");
        System.IO.File.WriteAllText(file, "#!/bin/sh\n" + text + "\n");
        System.IO.File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
