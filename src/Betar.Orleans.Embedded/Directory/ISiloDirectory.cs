using Orleans.Runtime;

namespace Betar.Orleans.Embedded;

/// <summary>Seam: who hosts this grain.</summary>
internal interface ISiloDirectory
{
    ValueTask<GrainAddress?> LookupAsync(GrainId grain);

    /// <summary>Registers the address unless another living one is registered; gives the one that is registered now, null when the silo is dead.</summary>
    ValueTask<GrainAddress?> RegisterAsync(GrainAddress address);

    ValueTask UnregisterAsync(GrainAddress address);
}
