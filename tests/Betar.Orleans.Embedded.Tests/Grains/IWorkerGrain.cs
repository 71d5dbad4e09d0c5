using Orleans;

namespace Betar.Orleans.Embedded.Tests;

public interface IWorkerGrain : IGrainWithIntegerKey
{
    /// <summary>Works so long, then says which activation it was and where.</summary>
    Task<string> Work(TimeSpan time);

    Task Leave();
}
