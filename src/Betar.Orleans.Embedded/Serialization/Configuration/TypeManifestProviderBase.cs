using Microsoft.Extensions.Options;

namespace Orleans.Serialization.Configuration;

/// <summary>Base of the manifest that is generated for each assembly.</summary>
public abstract class TypeManifestProviderBase : ITypeManifestProvider
{
    void IConfigureOptions<TypeManifestOptions>.Configure(TypeManifestOptions options) => ConfigureInner(options);

    protected abstract void ConfigureInner(TypeManifestOptions options);
}
