using System.Runtime.CompilerServices;
using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans;

namespace Betar.Orleans.Embedded.Tests.Serialization.Travel;

internal sealed class TravelGrain : Grain, ITravelGrain
{
    public Task<string> Name() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<ITravelGrain> Self() => Task.FromResult<ITravelGrain>(this);

    public Task<Luggage> Pack(ITravelGrain other) =>
        Task.FromResult(new Luggage { Direct = this, Boxed = other, Listed = [this, other], Mapped = new() { ["other"] = other } });

    public async Task<string[]> Ask(Luggage luggage)
    {
        var names = new List<string>();
        foreach (var grain in luggage.Listed.Append(luggage.Direct!).Append((ITravelGrain)luggage.Boxed!).Append((ITravelGrain)luggage.Mapped["other"]))
            names.Add(grain.GetPrimaryKeyString() == this.GetPrimaryKeyString() ? this.GetPrimaryKeyString() : await grain.Name());
        return [.. names];
    }

    public Task<string[]> AskThrough(ITravelGrain other) =>
        other.Ask(new Luggage { Direct = other, Boxed = other, Listed = [other], Mapped = new() { ["other"] = other } });

    public Task<bool> AreOne(Plain left, Plain right) => Task.FromResult(ReferenceEquals(left, right));

    public Task<object?> Echo(object? value) => Task.FromResult(value);

    public Task Fail(string how) => throw (how switch
    {
        "marked" => new MarkedException("m", 42),
        "platform" => new TimeoutException("m", new InvalidOperationException("inner")),
        _ => new UnmarkedException("secret"),
    });

    public async IAsyncEnumerable<Position> Positions(int count, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            cancellation.ThrowIfCancellationRequested();
            yield return new(i, "p", i);
        }
    }

    private sealed class UnmarkedException(string message) : Exception(message);
}
