namespace Orleans.Runtime;

/// <summary>One activation, its class and its silo.</summary>
[GenerateSerializer]
public sealed class DetailedGrainStatistic
{
    [Id(0)]
    public string GrainType { get; init; } = "";

    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = SiloAddress.Zero;

    [Id(2)]
    public GrainId GrainId { get; init; }
}
