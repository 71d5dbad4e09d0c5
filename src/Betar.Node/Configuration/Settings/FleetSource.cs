using Betar.Agents.Configuration;
using Betar.Node.Configuration.Models;
using Betar.Node.Configuration.Secrets;
using Betar.Node.Errors;

namespace Betar.Node.Configuration.Settings;

/// <summary>Where a node's agents are declared, to be read at its start and whenever it is told to read again.</summary>
/// <param name="Path">The file of agents.</param>
/// <param name="MustBe">It was named, so it must be there.</param>
/// <param name="Models">What agents fall back on.</param>
/// <param name="Secrets">Where references lead.</param>
/// <param name="Flagged">An agent that the command line declares beside the file's; null: none.</param>
internal sealed record FleetSource(string Path, bool MustBe, ModelDefaults Models, NodeSecrets Secrets, FlaggedAgent? Flagged)
{
    /// <summary>All agents, or everything that is wrong with them; the running node is not touched.</summary>
    public Checked<FleetDeclaration> Read()
    {
        var fleet = MustBe || File.Exists(Path) ? AgentsFile.Load(Path, Models, Secrets) : Checked.Of(FleetDeclaration.Nobody);
        return fleet.IsOk ? Complete(fleet.Value) : fleet;
    }

    private Checked<FleetDeclaration> Complete(FleetDeclaration fleet)
    {
        if (Flagged is { } flagged)
        {
            var agent = flagged.Read(Models, Secrets);
            if (!agent.IsOk)
                return agent.Refusal;
            if (fleet.Agents.Any(known => known.Name == agent.Value.Name))
                return ErrorCatalog.BadConfiguration.Refuse($"--name {VisibleText.Of(agent.Value.Name)} is an agent of {Path} already", "leave the option out, or choose another name");
            fleet = fleet with { Agents = [.. fleet.Agents, agent.Value] };
        }

        return fleet.Agents.FirstOrDefault(agent => agent.Executor.Kind == ExecutorKinds.DotNet) is { } foreign
            ? ErrorCatalog.ExecutorNotAvailable.Refuse($"{Path}, line {foreign.Line}: the handler {VisibleText.Of(foreign.Executor.Name)} is not in this program")
            : fleet;
    }
}
