namespace Betar.Libp2p.Tests.Support;

/// <summary>Tests that measure the process and therefore run when nothing else does.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
