using Betar.Node.Errors;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration.Editing;

/// <summary>Sets one plain field of <c>config.yaml</c> and leaves the rest of its text as it stands.</summary>
internal static class ConfigEditor
{
    public static Checked<string> Set(string text, string file, string field, string value)
    {
        var document = YamlFile.Parse(text, file);
        if (!document.IsOk)
            return document.Refusal;
        var line = $"{field}: {YamlScalarText.Of(value)}\n";
        if (document.Value is null || YamlMap.IsNull(document.Value))
            return (text.Length == 0 || text.EndsWith('\n') ? text : text + "\n") + line;
        if (document.Value is not YamlMappingNode { Style: not MappingStyle.Flow } map)
            return ErrorCatalog.EditByHand.Refuse($"{file} is not a list of \"name: value\" lines");
        var old = map.Children.FirstOrDefault(entry => entry.Key is YamlScalarNode key && key.Value == field).Value;
        if (old is null)
            return (text.EndsWith('\n') ? text : text + "\n") + line;
        if (old is not YamlScalarNode scalar)
            return ErrorCatalog.EditByHand.Refuse($"{file}, line {old.Start.Line}: {field} is not a single value");
        return scalar.Value == value && !YamlMap.IsNull(scalar)
            ? text
            : string.Concat(text.AsSpan(0, (int)old.Start.Index), (old.Start.Index == old.End.Index ? " " : "") + YamlScalarText.Of(value), text.AsSpan(NodeEnd.Of(text, old)));
    }
}
