using Orleans;

namespace Betar.Benchmarks.Grains;

/// <summary>Writes its state, one write after the other.</summary>
public interface IWriterGrain : IGrainWithIntegerKey
{
    Task<long> WriteUntilClosed();
}
