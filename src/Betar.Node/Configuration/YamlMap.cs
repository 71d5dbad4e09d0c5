using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Betar.Node.Cli;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration;

/// <summary>A YAML mapping with known fields; unknown ones are faults, with the name that was likely meant.</summary>
internal sealed class YamlMap
{
    private readonly Dictionary<string, YamlNode> values = new(StringComparer.Ordinal);
    private readonly FaultList faults;

    private YamlMap(YamlMappingNode node, FaultList faults)
    {
        Place = node;
        this.faults = faults;
    }

    public YamlNode Place { get; }

    public IEnumerable<string> Names => values.Keys;

    public bool IsEmpty => ((YamlMappingNode)Place).Children.Count == 0;

    public static YamlMap? From(YamlNode node, string what, IReadOnlyCollection<string> known, FaultList faults)
    {
        if (node is not YamlMappingNode mapping)
        {
            faults.Add(node, $"{what} is a list of \"name: value\" lines");
            return null;
        }

        var map = new YamlMap(mapping, faults);
        foreach (var (key, value) in mapping.Children)
        {
            if (key is not YamlScalarNode { Value: { } name })
                faults.Add(key, "a field's name is a plain word");
            else if (known.Contains(name))
                map.values[name] = value;
            else
                faults.Add(key, $"{what} has no field \"{name}\"{Suggest(name, known)}");
        }

        return map;
    }

    public YamlNode? Node(string name) => values.GetValueOrDefault(name);

    /// <summary>A field's text; null when it is absent or empty, and when it is no text, which is a fault.</summary>
    public string? Text(string name)
    {
        if (!values.TryGetValue(name, out var node))
            return null;
        if (node is YamlScalarNode scalar)
            return IsNull(scalar) ? null : scalar.Value;
        faults.Add(node, $"{name} is a single value");
        return null;
    }

    public bool TryScalar(string name, [NotNullWhen(true)] out YamlScalarNode? scalar)
    {
        scalar = Node(name) as YamlScalarNode;
        return scalar is not null && !IsNull(scalar);
    }

    public bool Flag(string name)
    {
        switch (Text(name))
        {
            case null or "false":
                return false;
            case "true":
                return true;
            default:
                faults.Add(values[name], $"{name} is true or false");
                return false;
        }
    }

    /// <summary>A whole number from the least to the most; <paramref name="absent"/> when the field is.</summary>
    public int Count(string name, int most, int least = 0, int absent = 0)
    {
        if (Text(name) is not { } text)
            return absent;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least && count <= most)
            return count;
        faults.Add(values[name], $"{name} is a whole number from {least} to {most}");
        return absent;
    }

    /// <summary>YAML's ways to say nothing: an empty plain value, ~ or null. A quoted "null" is a word.</summary>
    public static bool IsNull(YamlNode node) =>
        node is YamlScalarNode { Style: YamlDotNet.Core.ScalarStyle.Plain, Value: null or "" or "~" or "null" };

    private static string Suggest(string name, IEnumerable<string> known) =>
        Suggestions.Nearest(name, known) is { } likely ? $" (did you mean {likely}?)" : "";
}
