using Betar.Node.Errors;

namespace Betar.Node.Importing;

/// <summary>What an import will do: made whole before anything of it is done.</summary>
internal sealed class ImportPlan
{
    private readonly List<ImportItem> items = [];
    private readonly List<CliRefusal> refusals = [];

    public IReadOnlyList<ImportItem> Items => items;

    public List<string> Warnings { get; } = [];

    /// <summary>Everything that stands in the way, as one refusal.</summary>
    public CliRefusal? Refusal => Configuration.Settings.NodeSettings.Join(refusals);

    public void Add(ImportItem item) => items.Add(item);

    public void Refuse(CliRefusal refusal) => refusals.Add(refusal);
}
