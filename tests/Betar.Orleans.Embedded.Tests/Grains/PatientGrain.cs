using Orleans;

namespace Betar.Orleans.Embedded.Tests;

[GrainType("patient")]
[CollectionAgeLimit(Hours = 2)]
public sealed class PatientGrain : ListedGrain;
