using System.Collections.Concurrent;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Fleet;

namespace Betar.Grains.Selling;

/// <summary>
/// Counts the paid tasks of each agent that are under way in this process, so that a full agent says "busy" before it takes
/// money and not after.
/// </summary>
public sealed class AdmissionGate
{
    private readonly ConcurrentDictionary<string, StrongCount> _underWay = new(StringComparer.Ordinal);

    /// <summary>Always counts; the answer says whether there was room. Every call is answered by one <see cref="Leave"/>.</summary>
    public bool Enter(AgentSpec spec) =>
        Counted(Interlocked.Increment(ref CountOf(spec.AgentId).Value) <= spec.MaxConcurrency + spec.MaxQueue);

    /// <summary>True while one more would not be let in: nobody is quoted what would be refused.</summary>
    public bool IsFull(AgentSpec spec) =>
        !Counted(!_underWay.TryGetValue(spec.AgentId, out StrongCount? count) || Volatile.Read(ref count.Value) < spec.MaxConcurrency + spec.MaxQueue);

    public void Leave(AgentSpec spec) => Interlocked.Decrement(ref CountOf(spec.AgentId).Value);

    private static bool Counted(bool hasRoom)
    {
        if (!hasRoom)
            FleetInstruments.OnFull();
        return hasRoom;
    }

    private StrongCount CountOf(string agentId) => _underWay.GetOrAdd(agentId, static _ => new StrongCount());

    private sealed class StrongCount
    {
        public int Value;
    }
}
