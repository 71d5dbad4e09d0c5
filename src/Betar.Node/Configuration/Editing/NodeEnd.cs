using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration.Editing;

/// <summary>Where a node's own text ends: the reader marks only where a list or a map begins, and blocks of text to the next line that has some.</summary>
internal static class NodeEnd
{
    public static int Of(string text, YamlNode node) => node switch
    {
        YamlMappingNode map => map.Children.Select(entry => Math.Max(Of(text, entry.Key), Of(text, entry.Value))).Append((int)map.Start.Index).Max() is var last
            && map.Style == MappingStyle.Flow ? Close(text, Math.Max(last, (int)map.Start.Index + 1), '}') : last,
        YamlSequenceNode list => list.Children.Select(item => Of(text, item)).Append((int)list.Start.Index).Max() is var last
            && list.Style == SequenceStyle.Flow ? Close(text, Math.Max(last, (int)list.Start.Index + 1), ']') : last,
        YamlScalarNode { Style: ScalarStyle.Literal or ScalarStyle.Folded } => (int)node.Start.Index + text[(int)node.Start.Index..(int)node.End.Index].TrimEnd().Length,
        _ => (int)node.End.Index,
    };

    /// <summary>Behind the bracket that closes; between it and the last child there are blanks, commas and comments only.</summary>
    private static int Close(string text, int from, char bracket)
    {
        for (var at = from; at < text.Length; at++)
        {
            if (text[at] == bracket)
                return at + 1;
            if (text[at] == '#' && text.IndexOf('\n', at) is var end)
                at = end < 0 ? text.Length : end;
        }

        return text.Length;
    }
}
