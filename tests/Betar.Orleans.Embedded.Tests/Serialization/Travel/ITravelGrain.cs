using Betar.Orleans.Embedded.Tests.Serialization.Shapes;
using Orleans;

namespace Betar.Orleans.Embedded.Tests.Serialization.Travel;

/// <summary>What a call can carry.</summary>
public interface ITravelGrain : IGrainWithStringKey
{
    Task<string> Name();

    /// <summary>Hands itself out: a grain travels as a reference.</summary>
    Task<ITravelGrain> Self();

    Task<Luggage> Pack(ITravelGrain other);

    Task<string[]> Ask(Luggage luggage);

    /// <summary>Calls the other with itself as argument.</summary>
    Task<string[]> AskThrough(ITravelGrain other);

    Task<bool> AreOne(Plain left, Plain right);

    Task<object?> Echo(object? value);

    Task Fail(string how);

    IAsyncEnumerable<Position> Positions(int count, CancellationToken cancellation);
}
