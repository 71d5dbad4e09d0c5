using Betar.Grains.Abstractions.Results;

namespace Betar.Grains.Abstractions.Hiring;

/// <summary>[order or task] Keeps what was bought from others for one task, and its limit over all tries of the task.</summary>
[Alias("betar.IHireGrain")]
public interface IHireGrain : IGrainWithStringKey
{
    /// <summary>Sets the amount aside. The same purchase again is what is known of it.</summary>
    [Alias("Begin")]
    Task<Outcome<HireReceipt>> Begin(HireReceipt hire, string limitAtomic, int mostHires);

    [Alias("End")]
    Task End(HireReceipt hire);

    [Alias("List")]
    Task<List<HireReceipt>> List();
}
