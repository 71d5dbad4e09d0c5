namespace Orleans.Runtime;

/// <summary>A grain's id as it travels.</summary>
[GenerateSerializer]
[Immutable]
[Alias("betar.grain-id")]
internal struct GrainIdSurrogate
{
    [Id(0)]
    public byte[] Type { get; set; }

    [Id(1)]
    public byte[] Key { get; set; }
}
