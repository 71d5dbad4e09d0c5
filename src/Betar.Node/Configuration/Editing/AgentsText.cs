using System.Text;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Configuration.Editing;

/// <summary>The text of a file of agents, read and written whole. It may hold secrets of the original, so it is for its owner alone.</summary>
internal static class AgentsText
{
    private const int LargestFile = 16 * 1024 * 1024;

    public static Checked<string> Read(string path)
    {
        try
        {
            if (!File.Exists(path))
                return "";
            return new FileInfo(path).Length > LargestFile
                ? ErrorCatalog.BadYaml.Refuse($"{path} is larger than {LargestFile / 1024 / 1024} MiB")
                : File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ErrorCatalog.FileNotReadable.Refuse($"{path} cannot be read ({exception.Message})") with { Cause = exception };
        }
    }

    public static void Write(string path, string text) => SecretFile.Replace(path, Encoding.UTF8.GetBytes(text));
}
