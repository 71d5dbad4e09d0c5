namespace Betar.Semantics.Tests.Keys;

public sealed class StringKeyGrain : Grain, IStringKeyGrain, ISecondFaceGrain
{
    int _count;

    public Task<string> Key() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<int> Count() => Task.FromResult(++_count);

    public Task<int> CountBySecondFace() => Task.FromResult(++_count);
}
