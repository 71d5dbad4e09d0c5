using Betar.Node.Errors;
using YamlDotNet.RepresentationModel;

namespace Betar.Node.Configuration.Settings;

/// <summary>Reads <c>config.yaml</c>: the original's three fields and ours. Unlike the original's, a file that cannot be read is never passed over.</summary>
internal static class ConfigFile
{
    private static readonly string[] Fields = [.. NodeSetting.All.Where(setting => setting.InFile).Select(setting => setting.Name)];

    /// <summary>Values by setting, with the place of each; nothing when the file is not there.</summary>
    public static Checked<Dictionary<string, SettingValue>> Read(string path)
    {
        var values = new Dictionary<string, SettingValue>(StringComparer.Ordinal);
        if (!File.Exists(path))
            return values;
        var document = YamlFile.Read(path);
        if (!document.IsOk)
            return document.Refusal;
        if (document.Value is null || YamlMap.IsNull(document.Value))
            return values;

        var faults = new FaultList();
        var map = YamlMap.From(document.Value, "the file", Fields, faults);
        foreach (var setting in NodeSetting.All.Where(setting => setting.InFile && map?.Node(setting.Name) is { } given && !YamlMap.IsNull(given)))
        {
            var node = map!.Node(setting.Name)!;
            if (setting.IsList && node is YamlSequenceNode list && list.All(item => item is YamlScalarNode))
                values[setting.Name] = Value(setting, path, node, [.. list.Select(item => ((YamlScalarNode)item).Value ?? "")]);
            else if (node is YamlScalarNode scalar)
                values[setting.Name] = Value(setting, path, node, setting.IsList ? NodeSettings.Split(scalar.Value ?? "") : [scalar.Value ?? ""]);
            else
                faults.Add(node, setting.IsList ? $"{setting.Name} is a list of single values" : $"{setting.Name} is a single value");
        }

        return faults.Any ? faults.ToRefusal(path) : values;
    }

    private static SettingValue Value(Setting setting, string path, YamlNode node, IReadOnlyList<string> texts) =>
        new(setting, texts, SettingOrigin.File, $"{path}, line {node.Start.Line}, column {node.Start.Column}: {setting.Name}");
}
