// SPDX-License-Identifier: Apache-2.0
pragma solidity 0.8.37;

import {TestUsdc} from "./TestUsdc.sol";

/// Says nothing when a nonce is used again: the transaction succeeds and moves nothing. Who believes the status alone delivers
/// for free; who looks for the Transfer event does not.
contract SilentUsdc is TestUsdc {
    constructor(address owner) TestUsdc(owner) {}

    function _acceptsUsedNonce() internal pure override returns (bool) {
        return true;
    }
}
