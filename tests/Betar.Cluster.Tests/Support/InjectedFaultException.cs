namespace Betar.Cluster.Tests.Support;

/// <summary>Thrown where a test wants a crash.</summary>
internal sealed class InjectedFaultException(string point) : Exception($"Injected at {point}.");
