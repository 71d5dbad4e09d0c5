namespace Betar.Node.Demo;

/// <summary>One thing that the demo showed.</summary>
internal sealed record DemoStep(string Name, string Tells, double Milliseconds, bool Ok);
