namespace Betar.Semantics.Tests.Turns;

[GrainType("turn")]
public class TurnGrain : SceneGrain, ITurnGrain
{
    int _inside;
    int _sum;

    public Task Plain(string name) => Run(name);

    public Task Always(string name) => Run(name);

    public Task Read(string name) => Run(name);

    public async Task<string> ReadElse(string name)
    {
        await Run(name);
        return name;
    }

    public async Task<int> Add(int steps)
    {
        for (var i = 0; i < steps; i++)
        {
            if (Interlocked.Increment(ref _inside) != 1)
            {
                Scene.Note("two threads in one grain");
            }

            var seen = _sum;
            Thread.SpinWait(20);
            _sum = seen + 1;
            Interlocked.Decrement(ref _inside);
            await Task.Yield();
        }

        return _sum;
    }

    public Task PlainForAMoment(string name) => Run(name);

    public Task Tell(string name) => Run(name);

    public Task TellAndFail(string name)
    {
        Scene.Note($"{name} fails");
        throw new InvalidOperationException("nobody hears it");
    }

    public Task<bool> Fail() => throw new InvalidOperationException("heard by the caller");

    async Task Run(string name)
    {
        Scene.Note($"{name} begins");
        await Scene.Gate(name);
        Scene.Note($"{name} ends");
    }
}
