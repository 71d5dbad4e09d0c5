namespace Betar.Node.Configuration.Settings;

/// <summary>Where a value comes from; what stands lower in the list stands above.</summary>
internal enum SettingOrigin
{
    Default,
    File,
    Environment,
    Option,
}
