namespace Betar.Node.Importing;

/// <summary>One thing of the original's folder.</summary>
/// <param name="What">Such as <c>identity</c>.</param>
/// <param name="State"><c>imported</c>, <c>there already</c> or <c>not there</c>.</param>
/// <param name="Detail">An id, an address, a number; never a secret.</param>
internal sealed record ImportItem(string What, string State, string Detail)
{
    public const string Imported = "imported";
    public const string Same = "there already";
    public const string Missing = "not there";

    /// <summary>Does it; null when nothing is to be done.</summary>
    public Func<CancellationToken, Task>? Do { get; init; }
}
