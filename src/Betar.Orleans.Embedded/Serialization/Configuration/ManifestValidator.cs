using Microsoft.Extensions.Options;
using Orleans.Serialization.Serializers;

namespace Orleans.Serialization.Configuration;

/// <summary>
/// The start-up check: every parameter, result and member that the manifest knows must have a codec. All that are missing are told
/// at once. It asks for the codecs' existence only; what they are made of is found when it is first used.
/// </summary>
internal sealed class ManifestValidator(CodecProvider codecs, IOptions<TypeManifestOptions> manifest)
{
    public void Validate()
    {
        var missing = manifest.Value.Required
            .Where(required => !codecs.CanSerialize(required.Key))
            .Select(static required => $"{required.Key} ({required.Value})")
            .Order(StringComparer.Ordinal)
            .ToList();
        if (missing.Count > 0)
        {
            throw new CodecNotFoundException(
                $"No codec for: {string.Join("; ", missing)}. Mark each with [GenerateSerializer] and its members with [Id(n)], "
                + "use a type that has a codec, or carry it by a surrogate and [RegisterConverter].");
        }
    }
}
