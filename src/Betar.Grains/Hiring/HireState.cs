using Betar.Grains.Abstractions.Hiring;

namespace Betar.Grains.Hiring;

/// <summary>What was bought from others for one task.</summary>
[GenerateSerializer, Alias("betar.hire-state")]
public sealed class HireState
{
    [Id(0)] public List<HireReceipt> Hires { get; set; } = [];
}
