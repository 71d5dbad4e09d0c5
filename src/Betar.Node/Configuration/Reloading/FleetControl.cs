using System.Text.Json;
using Betar.Agents.Configuration;
using Betar.Ethereum;
using Betar.Grains.Abstractions.Agents;
using Betar.Node.Composition;
using Betar.Node.Configuration.Editing;
using Betar.Node.Configuration.Secrets;
using Betar.Node.Control;
using Betar.Node.Errors;

namespace Betar.Node.Configuration.Reloading;

/// <summary>Brings the running fleet to what its file says, and the file to what an operator asks for; one at a time.</summary>
internal sealed class FleetControl(SellerNode node) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>Ids of the last reading: what was declared elsewhere, over HTTP or by a host's own code, is no affair of the file.</summary>
    private HashSet<string>? _declared;

    public IReadOnlyDictionary<string, ControlHandler> Handlers => new Dictionary<string, ControlHandler>(StringComparer.Ordinal)
    {
        ["agents.reload"] = (arguments, _) => TurnAsync(() => ReloadAsync(ControlArguments.Flag(arguments, "dryRun"))),
        ["agents.add"] = (arguments, _) => TurnAsync(() => RegisterAsync(arguments)),
        ["agents.remove"] = (arguments, _) => TurnAsync(() => RetireAsync(arguments)),
    };

    /// <summary>What a signal asks for.</summary>
    public Task<ControlAnswer> ReloadAsync() => TurnAsync(() => ReloadAsync(dryRun: false));

    public void Dispose() => _turn.Dispose();

    private async Task<ControlAnswer> TurnAsync(Func<Task<ControlAnswer>> work)
    {
        await _turn.WaitAsync();
        try
        {
            return await work();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<ControlAnswer> ReloadAsync(bool dryRun)
    {
        if (node.Options.Source is not { } source)
            return ControlAnswer.Refused(ErrorCatalog.NothingToReload.Refuse("This node was started without a file of agents"));
        Checked<FleetDeclaration> fleet = source.Read();
        if (!fleet.IsOk)
            return ControlAnswer.Refused(fleet.Refusal);
        string payee = Address.FromKey(node.Keys.Payee).ToString();
        AgentSpec[] wanted = [.. fleet.Value.Agents.Select(agent => AgentSpecs.Of(agent, node.Identity.AgentId(agent.Name), payee))];
        IReadOnlySet<string> declared = _declared ?? node.Declared;
        IReadOnlyList<FleetChange> changes = FleetDiff.Between(
            (await FleetOf().List()).Where(spec => declared.Contains(spec.AgentId) || wanted.Any(agent => agent.AgentId == spec.AgentId)), wanted);
        if (!dryRun)
        {
            source.Secrets.Use(fleet.Value.ClearSecrets);
            if (await ApplyAsync(changes, wanted) is { } refusal)
                return ControlAnswer.Refused(refusal);
            _declared = [.. wanted.Select(spec => spec.AgentId)];
        }

        return Answer(dryRun, changes, fleet.Value.Warnings);
    }

    /// <summary>What is gone goes last: a node that is asked meanwhile sells too much rather than too little.</summary>
    private async Task<CliRefusal?> ApplyAsync(IReadOnlyList<FleetChange> changes, AgentSpec[] wanted)
    {
        foreach (FleetChange change in changes.Where(change => change.Kind != "removed"))
        {
            var outcome = await FleetOf().Declare(wanted.Single(spec => spec.AgentId == change.AgentId));
            if (!outcome.IsOk)
                return Refusals.Of(outcome.Refusal);
        }

        foreach (FleetChange change in changes.Where(change => change.Kind == "removed"))
            await FleetOf().Retire(change.AgentId);
        return null;
    }

    private Task<ControlAnswer> RegisterAsync(JsonElement arguments)
    {
        if (node.Options.Source is not { } source)
            return Task.FromResult(ControlAnswer.Refused(ErrorCatalog.NothingToReload.Refuse("This node was started without a file of agents")));
        string name = ControlArguments.Text(arguments, "name");
        Checked<IReadOnlyList<AgentEdit>> fields = Registration.Read(arguments, name, source.Secrets.Kept);
        return fields.IsOk
            ? EditAsync(source.Path, text => AgentsEditor.Add(text, source.Path, name, fields.Value))
            : Task.FromResult(ControlAnswer.Refused(fields.Refusal));
    }

    private async Task<ControlAnswer> RetireAsync(JsonElement arguments)
    {
        string wanted = ControlArguments.Text(arguments, "agent");
        if ((await FleetOf().List()).Find(spec => spec.AgentId == wanted || spec.Name == wanted) is not { } agent)
            return ControlAnswer.Refused(ErrorCatalog.UnknownAgent.Refuse($"This node has no agent {VisibleText.Of(wanted)}"));
        if (node.Options.Source is { } source && AgentsText.Read(source.Path) is { IsOk: true, Value: var text }
            && AgentsEditor.Names(text, source.Path) is { IsOk: true, Value: var names } && names.Contains(agent.Name))
            return await EditAsync(source.Path, old => AgentsEditor.Remove(old, source.Path, agent.Name));
        await FleetOf().Retire(agent.AgentId);
        return Answer(false, [new FleetChange("removed", agent.AgentId, agent.Name, [])], []);
    }

    /// <summary>Writes the file and reads it; what the node then refuses is taken back.</summary>
    private async Task<ControlAnswer> EditAsync(string path, Func<string, Checked<string>> edit)
    {
        Checked<string> before = AgentsText.Read(path);
        if (!before.IsOk)
            return ControlAnswer.Refused(before.Refusal);
        Checked<string> after = edit(before.Value);
        if (!after.IsOk)
            return ControlAnswer.Refused(after.Refusal);
        AgentsText.Write(path, after.Value);
        ControlAnswer answer = await ReloadAsync(dryRun: false);
        if (answer.Refusal is not null)
            AgentsText.Write(path, before.Value);
        return answer;
    }

    private IFleetGrain FleetOf() => node.Grains.GetGrain<IFleetGrain>(IFleetGrain.Key);

    private static ControlAnswer Answer(bool dryRun, IReadOnlyList<FleetChange> changes, IReadOnlyList<string> warnings) => ControlAnswer.Json(writer =>
    {
        writer.WriteStartObject();
        writer.WriteBoolean("dryRun", dryRun);
        writer.WriteStartArray("changes");
        foreach (FleetChange change in changes)
        {
            writer.WriteStartObject();
            writer.WriteString("change", change.Kind);
            writer.WriteString("id", change.AgentId);
            writer.WriteString("name", change.Name);
            writer.WriteStartArray("fields");
            foreach (var (field, from, to) in change.Fields)
            {
                writer.WriteStartObject();
                writer.WriteString("field", field);
                writer.WriteString("from", from);
                writer.WriteString("to", to);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("warnings");
        foreach (string warning in warnings)
            writer.WriteStringValue(warning);
        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
