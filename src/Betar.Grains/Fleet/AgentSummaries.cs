using System.Text;
using Betar.Agents;
using Betar.Grains.Abstractions.Agents;
using Betar.Grains.Abstractions.Conversations;
using Betar.Grains.Conversations;
using Microsoft.Extensions.Logging;

namespace Betar.Grains.Fleet;

/// <summary>
/// Has an agent's own model condense what falls out of its memory, while the buyer has the answer already. A summary that cannot be made
/// costs the summary: the memory is a window until one can, and what is due is told again with the caller's next exchange.
/// </summary>
/// <param name="memory">Where it is kept.</param>
/// <param name="most">Summaries at once.</param>
/// <param name="costs">Takes what they cost.</param>
/// <param name="log">Takes what fails.</param>
internal sealed partial class AgentSummaries(AgentMemory memory, int most, AgentCosts costs, ILogger log)
{
    private readonly Dictionary<string, CancellationTokenSource> _callers = new(StringComparer.Ordinal);
    private bool _ended;

    public int Running => _callers.Count;

    /// <summary>Nobody waits for it.</summary>
    public void Begin(AgentSpec spec, string caller, CondensingWork work, HeldExecutor held)
    {
        if (_callers.Count < most && !_ended && !_callers.ContainsKey(caller))
            _ = MakeAsync(spec, caller, work, held);
    }

    /// <summary>The agent leaves its silo: those that are being made are given up, and no others are begun.</summary>
    public void End()
    {
        _ended = true;
        foreach (CancellationTokenSource ending in _callers.Values.ToArray())
            ending.Cancel();
    }

    private async Task MakeAsync(AgentSpec spec, string caller, CondensingWork work, HeldExecutor held)
    {
        using var ending = new CancellationTokenSource();
        _callers.Add(caller, ending);
        held.Enter();
        try
        {
            ExecutionOutcome outcome = await held.Executor.CondenseAsync(new CondenseRequest(work.Summary, AgentMemory.Turns(work.Turns), spec.SummaryBytes), ending.Token);
            costs.Add(outcome.Usage, AgentCosts.ForSummaries);
            ConversationInstruments.OnSummary(await KeepAsync(spec, caller, work, outcome));
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // What is due is told again with the caller's next exchange.
        }
        catch (Exception fault)
        {
            LogNotMade(log, fault, spec.Name, "It threw.");
            ConversationInstruments.OnSummary(ConversationInstruments.Failed);
        }
        finally
        {
            _callers.Remove(caller);
            await held.LeaveAsync();
        }
    }

    private async Task<string> KeepAsync(AgentSpec spec, string caller, CondensingWork work, ExecutionOutcome outcome)
    {
        string? fault = !outcome.Succeeded ? outcome.Text
            : Encoding.UTF8.GetByteCount(outcome.Text) > spec.SummaryBytes ? $"It has more than {spec.SummaryBytes} bytes."
            : null;
        if (fault is null)
            return await memory.CondenseAsync(spec, caller, work, outcome.Text) ? ConversationInstruments.Made : ConversationInstruments.Late;
        LogNotMade(log, null, spec.Name, fault);
        return ConversationInstruments.Failed;
    }
}
