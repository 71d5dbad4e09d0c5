using Betar.Ethereum;
using Betar.X402;

namespace Betar.Node.Composition;

/// <summary>Gives test money on a chain of this machine.</summary>
internal interface ITestFaucet
{
    /// <exception cref="Errors.CliRefusedException">The chain did not give it.</exception>
    Task FundAsync(Address account, AtomicAmount amount, CancellationToken cancellationToken);
}
