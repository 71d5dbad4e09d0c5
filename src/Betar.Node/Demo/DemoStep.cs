namespace Betar.Node.Demo;

/// <summary>One thing that the demo showed.</summary>
/// <param name="Name">One word.</param>
/// <param name="Tells">One sentence for people.</param>
/// <param name="Milliseconds">How long it took.</param>
/// <param name="Ok">It was as it should be.</param>
/// <param name="Transaction">The transaction on the chain, where there is one.</param>
internal sealed record DemoStep(string Name, string Tells, double Milliseconds, bool Ok, string? Transaction = null);
