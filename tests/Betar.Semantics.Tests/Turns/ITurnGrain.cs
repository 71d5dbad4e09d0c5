namespace Betar.Semantics.Tests.Turns;

public interface ITurnGrain : IGrainWithStringKey, IPlaced
{
    /// <summary>Notes its begin, waits for the gate of its name, notes its end.</summary>
    Task Plain(string name);

    [AlwaysInterleave]
    Task Always(string name);

    [ReadOnly]
    Task Read(string name);

    [ReadOnly]
    Task<string> ReadElse(string name);

    Task<int> Add(int steps);

    [ResponseTimeout("00:00:00.300")]
    Task PlainForAMoment(string name);

    [OneWay]
    Task Tell(string name);

    [OneWay]
    Task TellAndFail(string name);

    Task<bool> Fail();
}
