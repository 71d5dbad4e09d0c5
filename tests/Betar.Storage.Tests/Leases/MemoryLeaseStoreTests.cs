using Betar.Storage.Leases;

namespace Betar.Storage.Tests.Leases;

public sealed class MemoryLeaseStoreTests : LeaseStoreTests
{
    public MemoryLeaseStoreTests() => Store = new MemoryLeaseStore(Time);

    protected override ILeaseStore Store { get; }
}
