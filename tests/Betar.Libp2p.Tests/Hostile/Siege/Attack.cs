namespace Betar.Libp2p.Tests.Hostile.Siege;

/// <summary>One kind of attack, and what the host has to show for it.</summary>
/// <param name="Memory">The most that the process of the host may have meanwhile.</param>
/// <param name="Limit">The limit that has to be hit.</param>
/// <param name="ThrowsOut">So many strangers have to be thrown out at least.</param>
internal sealed record Attack(Func<Battlefield, CancellationToken, Task> Run, long Memory, string? Limit = null, int ThrowsOut = 0);
