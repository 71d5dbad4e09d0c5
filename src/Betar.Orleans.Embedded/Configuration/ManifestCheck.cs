using Orleans.Serialization.Configuration;

namespace Orleans.Configuration;

/// <summary>Lets a silo not start with messages that nobody could send.</summary>
internal sealed class ManifestCheck(ManifestValidator manifest) : IConfigurationValidator
{
    public void ValidateConfiguration() => manifest.Validate();
}
