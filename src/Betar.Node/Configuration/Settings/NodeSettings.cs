using Betar.Node.Cli;
using Betar.Node.Errors;
using Betar.Node.Folder;

namespace Betar.Node.Configuration.Settings;

/// <summary>The settings of a node as they hold: defaults, below the file, below variables, below options. All faults are told at once.</summary>
internal sealed class NodeSettings
{
    private readonly Dictionary<string, SettingValue> values;

    private NodeSettings(Dictionary<string, SettingValue> values, IReadOnlyList<CliRefusal> faults)
    {
        this.values = values;
        Faults = faults;
    }

    /// <summary>Everything that is wrong with the values.</summary>
    public IReadOnlyList<CliRefusal> Faults { get; }

    /// <summary>The same as one refusal; null when nothing is wrong.</summary>
    public CliRefusal? Fault => Join(Faults);

    public SettingValue this[Setting setting] => values[setting.Name];

    public IEnumerable<SettingValue> All => NodeSetting.All.Select(setting => values[setting.Name]);

    public string? Text(Setting setting) => this[setting].Texts is [var only] ? only : null;

    public static IReadOnlyList<string> Split(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <param name="folder">Whose config.yaml is read.</param>
    /// <param name="environment">The process's variables.</param>
    /// <param name="options">What the command line says, by the name of the setting.</param>
    public static NodeSettings Load(DataFolder folder, EnvironmentVariables environment, IReadOnlyDictionary<string, IReadOnlyList<string>> options)
    {
        var faults = new List<CliRefusal>();
        var file = ConfigFile.Read(folder.Config);
        if (!file.IsOk)
            faults.Add(file.Refusal);
        var values = new Dictionary<string, SettingValue>(StringComparer.Ordinal);
        foreach (var setting in NodeSetting.All)
        {
            var value = Find(setting, file.IsOk ? file.Value : [], environment, options);
            values[setting.Name] = value;
            if (value.IsGiven)
                faults.AddRange(value.Texts.Select(text => setting.Check(value.Place, text)).OfType<CliRefusal>());
        }

        return new NodeSettings(values, faults);
    }

    /// <summary>One refusal over several; one alone stays as it is.</summary>
    public static CliRefusal? Join(IReadOnlyList<CliRefusal> faults) => faults switch
    {
        [] => null,
        [var only] => only,
        _ => ErrorCatalog.BadConfiguration.Refuse(
            $"The configuration has {faults.Count} faults: {string.Join("; ", faults.Select(fault => $"{fault.Error.Code} {fault.Detail.TrimEnd('.')}"))}", "mend what is named"),
    };

    private static SettingValue Find(
        Setting setting, Dictionary<string, SettingValue> file, EnvironmentVariables environment, IReadOnlyDictionary<string, IReadOnlyList<string>> options)
    {
        if (options.TryGetValue(setting.Name, out var given))
            return new SettingValue(setting, setting.IsList ? [.. given.SelectMany(Split)] : given, SettingOrigin.Option, setting.Option!);
        foreach (var variable in setting.Variables)
        {
            if (environment(variable) is { Length: > 0 } text)
                return new SettingValue(setting, setting.IsList ? Split(text) : [text], SettingOrigin.Environment, variable);
        }

        return file.GetValueOrDefault(setting.Name)
            ?? new SettingValue(setting, setting.Default is { } usual ? [usual] : [], SettingOrigin.Default, "");
    }
}
