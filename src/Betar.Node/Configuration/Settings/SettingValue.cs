namespace Betar.Node.Configuration.Settings;

/// <summary>A setting as it holds.</summary>
/// <param name="Texts">One value, or several of a list; none when nothing is set.</param>
/// <param name="Place">What set it: a line of the file, a variable, an option; empty for a default.</param>
internal sealed record SettingValue(Setting Setting, IReadOnlyList<string> Texts, SettingOrigin Origin, string Place)
{
    public bool IsGiven => Origin != SettingOrigin.Default;
}
