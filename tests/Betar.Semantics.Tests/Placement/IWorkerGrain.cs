namespace Betar.Semantics.Tests.Placement;

public interface IWorkerGrain : IGrainWithStringKey
{
    Task<string> Work(string scene, string gate);
}
