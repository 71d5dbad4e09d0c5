using System.Text.Json;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Composition;
using Betar.Node.Control;
using Betar.Node.Errors;
using Betar.Storage.Sessions;

namespace Betar.Node.Sessions;

/// <summary>What the session log says, for the control socket and for commands that find no node running.</summary>
internal static class SessionViews
{
    /// <summary>Exchanges of the session that is shown when the question names no number.</summary>
    private const int ShownExchanges = 100;

    /// <param name="log">The node's.</param>
    /// <param name="agents">The node's, who may be called by their names.</param>
    /// <param name="arguments">"agentId", and where wanted "after" (a caller), "limit" and "exchanges".</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ControlAnswer> ListAsync(ISessionLog log, IReadOnlyCollection<AgentSpec> agents, JsonElement arguments, CancellationToken cancellationToken)
    {
        var plain = new SessionQuery { AgentId = AgentNames.IdOf(agents, ControlArguments.Text(arguments, "agentId")) };
        IReadOnlyList<Session> sessions = await log.ListAsync(
            plain with
            {
                AfterCaller = ControlArguments.TextOr(arguments, "after", ""),
                Sessions = (int)ControlArguments.Number(arguments, "limit", 1, SessionQuery.MostSessions, plain.Sessions),
                Exchanges = (int)ControlArguments.Number(arguments, "exchanges", 0, SessionQuery.MostExchanges, plain.Exchanges),
            },
            cancellationToken);
        return ControlAnswer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (Session session in sessions)
                SessionJson.Write(writer, session);
            writer.WriteEndArray();
        });
    }

    /// <param name="log">The node's.</param>
    /// <param name="agents">The node's, who may be called by their names.</param>
    /// <param name="arguments">"agentId" and "callerId", and where wanted "exchanges" and "before" (a sequence).</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static async Task<ControlAnswer> ShowAsync(ISessionLog log, IReadOnlyCollection<AgentSpec> agents, JsonElement arguments, CancellationToken cancellationToken)
    {
        string caller = ControlArguments.Text(arguments, "callerId");
        var query = new SessionQuery
        {
            AgentId = AgentNames.IdOf(agents, ControlArguments.Text(arguments, "agentId")),
            Exchanges = (int)ControlArguments.Number(arguments, "exchanges", 0, SessionQuery.MostExchanges, ShownExchanges),
            Before = ControlArguments.Number(arguments, "before", 0, long.MaxValue, long.MaxValue),
        };
        return await log.FindAsync(query, caller, cancellationToken) is { } session
            ? ControlAnswer.Json(writer => SessionJson.Write(writer, session))
            : ControlAnswer.Refused(ErrorCatalog.UnknownSession.Refuse($"Nothing was exchanged between {caller} and {query.AgentId}"));
    }
}
