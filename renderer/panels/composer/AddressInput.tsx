import { useEffect, useState } from 'react';
import type { KernelRow } from '../../../core/studio/protocol/world';
import { useClient } from '../../store/context';
import { Combobox } from './Combobox';
import { completeAddress } from './complete-address';

interface AddressInputProps {
  readonly value: string;
  readonly faultId: string | undefined;
  readonly onChange: (address: string) => void;
}

/** The address of a kernel, completed from the kernels that there are. */
export function AddressInput({ value, faultId, onChange }: AddressInputProps) {
  const client = useClient();
  const [found, setFound] = useState<readonly KernelRow[]>([]);
  useEffect(() => {
    const asking = new AbortController();
    void completeAddress(value, (parent, start, count) =>
      client.call('world.kernels', { parent, at: null, start, count }, asking.signal),
    ).then((completed) => {
      // Without suggestions an address can still be typed: what is wrong with it is said when it is sent.
      if (!asking.signal.aborted) setFound(completed.ok ? completed.value : []);
    });
    return () => asking.abort();
  }, [client, value]);
  return (
    <Combobox
      label="To"
      value={value}
      placeholder="/bank/alice"
      suggestions={found.map(({ address, codeName, childCount }) => ({
        text: address,
        hint: codeName ?? (childCount > 0 ? `${childCount} kernels` : ''),
      }))}
      faultId={faultId}
      onChange={onChange}
    />
  );
}
