using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration;

/// <summary>YAML as JSON, by YAML's core schema: what is quoted is text, plain words may be numbers, true, false or null.</summary>
internal static partial class YamlJson
{
    /// <summary>Anchors may name one node many times; more values than this are no settings.</summary>
    private const int MostValues = 10_000;

    /// <summary>The value's JSON, or null when it has too many values or a name that is no text, which is noted.</summary>
    public static string? Of(YamlNode node, FaultList faults)
    {
        var values = 0;
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            if (!Write(node, writer, faults, ref values))
                return null;
        }

        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>The node at a path of names and places with dots between; the nearest one above it when there is none.</summary>
    public static YamlNode At(YamlNode node, string path)
    {
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var next = node switch
            {
                YamlMappingNode map => map.Children.FirstOrDefault(entry => entry.Key is YamlScalarNode key && key.Value == step).Value,
                YamlSequenceNode list when int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var at) => list.Children.ElementAtOrDefault(at),
                _ => null,
            };
            if (next is null)
                break;
            node = next;
        }

        return node;
    }

    private static bool Write(YamlNode node, Utf8JsonWriter writer, FaultList faults, ref int values)
    {
        if (++values > MostValues)
        {
            faults.Add(node, $"there are more than {MostValues} values");
            return false;
        }

        switch (node)
        {
            case YamlMappingNode map:
                writer.WriteStartObject();
                foreach (var (key, value) in map.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name })
                    {
                        faults.Add(key, "a field's name is a plain word");
                        return false;
                    }

                    writer.WritePropertyName(name);
                    if (!Write(value, writer, faults, ref values))
                        return false;
                }

                writer.WriteEndObject();
                return true;
            case YamlSequenceNode list:
                writer.WriteStartArray();
                foreach (var item in list.Children)
                {
                    if (!Write(item, writer, faults, ref values))
                        return false;
                }

                writer.WriteEndArray();
                return true;
            default:
                WriteScalar((YamlScalarNode)node, writer);
                return true;
        }
    }

    private static void WriteScalar(YamlScalarNode scalar, Utf8JsonWriter writer)
    {
        var text = scalar.Value ?? "";
        if (YamlMap.IsNull(scalar))
            writer.WriteNullValue();
        else if (scalar.Style == ScalarStyle.Plain && (text is "true" or "false"))
            writer.WriteBooleanValue(text == "true");
        else if (scalar.Style == ScalarStyle.Plain && Number().IsMatch(text))
            writer.WriteRawValue(text);
        else
            writer.WriteStringValue(text);
    }

    [GeneratedRegex(@"^-?(0|[1-9][0-9]{0,17})(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?$")]
    private static partial Regex Number();
}
