using Betar.Node.Errors;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration;

/// <summary>Reads a YAML file whole, bounded, and says where it cannot be read.</summary>
internal static class YamlFile
{
    private const int LargestFile = 16 * 1024 * 1024;

    /// <summary>Deeper than any configuration of ours, shallow enough for the stack.</summary>
    private const int DeepestNesting = 64;

    /// <summary>The document's root; null when the file is empty.</summary>
    public static Checked<YamlNode?> Read(string path)
    {
        try
        {
            if (new FileInfo(path).Length > LargestFile)
                return ErrorCatalog.BadYaml.Refuse($"{path} is larger than {LargestFile / 1024 / 1024} MiB");
            return Parse(File.ReadAllText(path), path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return ErrorCatalog.FileNotReadable.Refuse($"{path} cannot be read ({exception.Message})") with { Cause = exception };
        }
    }

    public static Checked<YamlNode?> Parse(string text, string name)
    {
        try
        {
            if (TooDeep(text) is { } place)
                return ErrorCatalog.BadYaml.Refuse($"{name}, line {place.Line}: nested deeper than {DeepestNesting} levels");
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            return stream.Documents.Count switch
            {
                0 => (YamlNode?)null,
                1 => stream.Documents[0].RootNode,
                _ => ErrorCatalog.BadYaml.Refuse($"{name}, line {stream.Documents[1].RootNode.Start.Line}: a second document begins here"),
            };
        }
        catch (YamlException exception)
        {
            return ErrorCatalog.BadYaml.Refuse(
                $"{name}, line {exception.Start.Line}, column {exception.Start.Column}: {Reason(exception)}") with { Cause = exception };
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // What the scanner says of a broken-off key, and of a tag that is no URI: it names no place.
            return ErrorCatalog.BadYaml.Refuse($"{name} is not YAML: {Reason(exception)}") with { Cause = exception };
        }
    }

    // The representation model recurses; the events do not.
    private static Mark? TooDeep(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > DeepestNesting)
                return parser.Current.Start;
        }

        return null;
    }

    private static string Reason(Exception exception) => (exception.InnerException ?? exception).Message.ReplaceLineEndings(" ");
}
