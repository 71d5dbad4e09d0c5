namespace Orleans.Runtime;

/// <summary>How many activations of a class a silo has.</summary>
[GenerateSerializer]
public sealed class SimpleGrainStatistic
{
    [Id(0)]
    public string GrainType { get; init; } = "";

    [Id(1)]
    public SiloAddress SiloAddress { get; init; } = SiloAddress.Zero;

    [Id(2)]
    public int ActivationCount { get; init; }

    public override string ToString() => $"SimpleGrainStatistic: GrainType={GrainType} Silo={SiloAddress} NumActivations={ActivationCount}";
}
