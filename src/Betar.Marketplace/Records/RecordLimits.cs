namespace Betar.Marketplace.Records;

/// <summary>Bounds of a signed record. What is longer is none.</summary>
public sealed class RecordLimits
{
    /// <summary>Bytes of the record with its signature; default 32 KiB.</summary>
    public int MaxBytes { get; set; } = 32 * 1024;

    /// <summary>Bytes of id, name, payee, network, token, and of each address, protocol and tag; default 512.</summary>
    public int MaxTextBytes { get; set; } = 512;

    /// <summary>Bytes of each description; default 4 KiB.</summary>
    public int MaxDescriptionBytes { get; set; } = 4 * 1024;

    /// <summary>Bytes of each schema; default 8 KiB.</summary>
    public int MaxSchemaBytes { get; set; } = 8 * 1024;

    /// <summary>Skills, addresses, protocols, and tags of a skill; default 32 of each.</summary>
    public int MaxItems { get; set; } = 32;

    /// <summary>From issue to expiry; default 90 days. A record that lives for ever could never be forgotten.</summary>
    public TimeSpan MaxLifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>How far a seller's clock may be ahead of ours; default 10 minutes.</summary>
    public TimeSpan MaxSkew { get; set; } = TimeSpan.FromMinutes(10);

    internal static RecordLimits Default { get; } = new();
}
