namespace Betar.Storage.Leases;

/// <summary>
/// Rights that one holder at a time has, each for a while. The store's own clock says when one ends; a holder counts by its own clock, and from before it
/// asked, so that it never believes longer than the store does.
/// </summary>
public interface ILeaseStore
{
    /// <summary>
    /// Of a store within this process: the clocks by whose steady one it counts. While the machine sleeps it counts as little as a holder with the same
    /// clocks, to whom a calendar that jumps then says nothing. Null: it counts by itself.
    /// </summary>
    TimeProvider? Clock => null;

    /// <summary>Takes the lease when nobody has it, with an epoch above all that were; a holder that asks again begins a new term.</summary>
    ValueTask<LeaseAnswer> AcquireAsync(string name, string holder, TimeSpan length, CancellationToken cancellationToken);

    /// <summary>Lets the term last this long from now. What has ended is not renewed, even if nobody else came.</summary>
    ValueTask<LeaseAnswer> RenewAsync(string name, string holder, long epoch, TimeSpan length, CancellationToken cancellationToken);

    /// <summary>Ends a term early, so that the next holder need not wait.</summary>
    /// <returns>False: it had ended already.</returns>
    ValueTask<bool> ReleaseAsync(string name, string holder, long epoch, CancellationToken cancellationToken);

    /// <summary>Ends whatever term there is. Only for who knows otherwise that its holder is gone: the owner of the data folder's lock.</summary>
    /// <returns>False: there was none.</returns>
    ValueTask<bool> BreakAsync(string name, CancellationToken cancellationToken);

    /// <summary>How the lease stands; null: nobody ever had it.</summary>
    ValueTask<LeaseAnswer?> FindAsync(string name, CancellationToken cancellationToken);
}
