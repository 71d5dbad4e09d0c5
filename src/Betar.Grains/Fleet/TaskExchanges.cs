using System.Globalization;
using Betar.Grains.Abstractions.Agents;
using Betar.Storage.Sessions;

namespace Betar.Grains.Fleet;

/// <summary>An unpaid task as the session log keeps it. A paid one is kept by its order's journal, together with the ledger's entry.</summary>
internal static class TaskExchanges
{
    public static SessionExchange? Of(string agentId, AgentTask request, AgentTaskResult result, TimeProvider time)
    {
        if (request.Order.Length > 0)
            return null;
        (string caller, string claimed) = SplitCaller(request.Caller);
        return new SessionExchange
        {
            AgentId = agentId,
            CallerId = caller,
            ClaimedCaller = claimed,
            RequestId = request.RequestId.Length > 0 ? request.RequestId : string.Create(CultureInfo.InvariantCulture, $"local-{Nanoseconds(time)}"),
            Input = request.Input,
            Output = result.Output,
            Error = result.Succeeded ? "" : result.Reason,
            Usage = TaskUsages.Of(result.Usage),
        };
    }

    /// <summary>Takes apart what <c>PaidOrders.CallerOf</c> has put together: the peer that was proven, and what it says of itself.</summary>
    public static (string Caller, string Claimed) SplitCaller(string caller)
    {
        int end = caller.IndexOf('/', StringComparison.Ordinal);
        return end < 0 ? (caller, "") : (caller[..end], caller[(end + 1)..]);
    }

    private static long Nanoseconds(TimeProvider time) => (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks * TimeSpan.NanosecondsPerTick;
}
